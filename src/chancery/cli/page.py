"""The look of a printed page: quiet, on paper as on a screen, in either direction of writing."""

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1c1b19; --quiet: #5d5a54; --line: #cfc9be; --paper: #fffdf9; --mark: #7a1f1f;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #ece8e1; --quiet: #b0aaa0; --line: #4a463f; --paper: #191816; --mark: #e59a9a; }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.6 Charter, "Bitstream Charter", Georgia, "Noto Serif", "Noto Naskh Arabic", Amiri, serif;
}
:lang(ar) { line-height: 1.9; }
main { max-inline-size: 46rem; margin-inline: auto; padding: 3rem 1.5rem 5rem; }
header { border-block-end: 2px solid var(--ink); padding-block-end: 1.25rem; margin-block-end: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.25; margin-block: 0 .5rem; text-wrap: balance; }
h2 {
  font-size: 1.3rem; margin-block: 2.25rem .5rem;
  border-block-end: 1px solid var(--line); padding-block-end: .25rem;
}
h3 { font-size: 1.1rem; margin-block: 1.5rem .35rem; }
h4 { font-size: .95rem; margin-block: 1rem .25rem; color: var(--quiet); }
.stage {
  display: inline-block; margin-block: 0 1rem; padding: .1rem .7rem; font-size: .9rem;
  border: 1px solid var(--mark); color: var(--mark); border-radius: 1rem;
}
dl { display: grid; gap: .25rem 1.5rem; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); margin: 0; }
dl div { display: flex; gap: .6rem; align-items: baseline; }
dt { color: var(--quiet); min-inline-size: 5.5rem; }
dd { margin: 0; }
ul, ol { margin-block: .25rem; padding-inline-start: 1.4rem; }
li { margin-block: .2rem; }
blockquote {
  margin: .25rem 0 .5rem; padding-inline-start: .9rem;
  border-inline-start: 3px solid var(--line); color: var(--quiet);
}
sup { font-size: .7rem; line-height: 0; }
sup a, .sources { color: var(--quiet); }
a { color: inherit; text-decoration-thickness: 1px; text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
.sources { font-size: .85rem; }
.sources li { overflow-wrap: anywhere; }
code { font-size: .85em; unicode-bidi: isolate; }
@page { size: A4; margin: 2cm 2.2cm; }
@media print {
  :root { --ink: #000; --quiet: #444; --line: #bbb; --paper: #fff; --mark: #000; }
  body { font-size: 10.5pt; }
  main { max-inline-size: none; padding: 0; }
  h2, h3, h4 { break-after: avoid; }
  li, blockquote { break-inside: avoid; }
  a { text-decoration: none; }
}
"""
"""The style sheet: logical properties only, so that it serves both directions; fonts of the reader's own machine."""
