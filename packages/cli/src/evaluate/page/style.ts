/** Colours of the page: light unless the reader's system is dark. */
export const STYLE = `
:root { --page: #fbfbf9; --ink: #1c1b19; --quiet: #66645d; --grid: #e3e1db; --first: #1f63b5; --second: #b4530a; }
@media (prefers-color-scheme: dark) {
  :root { --page: #191917; --ink: #f0eee8; --quiet: #a5a299; --grid: #383632; --first: #74aef2; --second: #f09a52; }
}
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 800px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 24px; line-height: 1.25; } h2 { font-size: 19px; margin: 40px 0 4px; } h3 { font-size: 15px; margin: 20px 0 4px; }
p, small { color: var(--quiet); } p { margin: 4px 0 12px; max-width: 70ch; } small { font-weight: normal; }
svg { display: block; width: 100%; height: auto; }
text { font: 12px system-ui, sans-serif; fill: var(--ink); } text.tick { fill: var(--quiet); }
.grid { stroke: var(--grid); } .budget { stroke: var(--ink); stroke-dasharray: 4 4; }
.whisker { stroke-width: 2; } .first-line { stroke: var(--first); } .second-line { stroke: var(--second); }
.first { fill: var(--first); } .second { fill: var(--second); } .first, .second { stroke: var(--page); stroke-width: 1.5; }
.ring { fill: var(--page); stroke: var(--second); stroke-width: 2; } .curve { fill: none; stroke: var(--first); stroke-width: 2; }
.first-text { color: var(--first); } .second-text { color: var(--second); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; } details { margin-top: 8px; overflow-x: auto; }
th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--grid); white-space: nowrap; }
`
