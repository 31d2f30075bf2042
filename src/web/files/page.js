// Pages work without this. With it: arrow keys step through events where a page has steps, and a
// row of years that is wider than the screen starts at the year of the page.
const steps = { ArrowLeft: 'prev', ArrowRight: 'next' };

addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target instanceof Element && event.target.closest('input, select, textarea')) return;
  const rel = steps[event.key];
  const link = rel && document.querySelector(`a[rel="${rel}"]`);
  if (link) link.click();
});

const years = document.querySelector('.years');
const year = years?.querySelector('li:has([aria-current])');
if (year) years.scrollLeft = year.offsetLeft - years.offsetLeft - years.clientWidth / 2;
