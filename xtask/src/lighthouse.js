// Reads a report of Lighthouse (the JSON file that the last argument names) and prints what lighthouse.rs needs, one fact a line, its parts
// separated by tabs. Node is there because Lighthouse needs it, so xtask needs no reader of JSON.
const report = JSON.parse(require('fs').readFileSync(process.argv.at(-1), 'utf8'));
const say = (...parts) => console.log(parts.map(part => String(part).replace(/\s+/g, ' ')).join('\t'));
if (report.runtimeError) say('broken', report.runtimeError.code + ': ' + report.runtimeError.message);
for (const warning of report.runWarnings) say('broken', warning);
for (const [name, category] of Object.entries(report.categories)) {
  say('score', name, Math.round(category.score * 100));
  for (const { id, weight } of category.auditRefs) {
    const audit = report.audits[id];
    // Without weight it is a hint that no score counts; without score it does not apply, or people must judge it.
    if (weight > 0 && audit.score !== null && audit.score < 1) {
      const items = (audit.details?.items ?? []).slice(0, 3);
      const where = items.map(item => item.node?.selector ?? item.url ?? item.description ?? '').filter(Boolean);
      say('failed', name, [id + ': ' + audit.title, ...where].join(' | '));
    }
  }
}
for (const id of ['cumulative-layout-shift', 'largest-contentful-paint', 'total-byte-weight']) {
  say('number', id, report.audits[id].numericValue ?? 'none');
}
