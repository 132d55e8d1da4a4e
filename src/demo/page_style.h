// The look of the embedded provider's pages, in light and in dark.
#pragma once

#include <string_view>

namespace xauth::demo {

inline constexpr std::string_view kPageStyle = R"(:root {
  color-scheme: light dark;
  --background: #f5f6f8; --card: #fff; --text: #16181d; --muted: #5b6270; --line: #e2e5eb;
  --edge: #868e9c; --soft: #eef1f6; --primary: #1d5fd0; --on-primary: #fff; --primary-hover: #164ca8;
  --badge: #e6f2ed; --on-badge: #1a6b4f; --danger: #b3261e;
  --shadow: 0 1px 2px rgb(22 24 29 / .06), 0 12px 32px rgb(22 24 29 / .10);
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #111318; --card: #1b1e25; --text: #eceef2; --muted: #a2a9b6; --line: #31353f;
    --edge: #737b8a; --soft: #252932; --primary: #6ea0ff; --on-primary: #0c1526; --primary-hover: #8db4ff;
    --badge: #17342a; --on-badge: #8fd9bb; --danger: #ff9d94;
    --shadow: 0 1px 2px rgb(0 0 0 / .3), 0 12px 32px rgb(0 0 0 / .35);
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; padding: 1.25rem;
  display: grid; place-items: center;
  background: var(--background); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
main {
  width: 100%; max-width: 26rem; padding: 2rem;
  background: var(--card); border-radius: 1rem; box-shadow: var(--shadow);
}
h1 { margin: 0 0 1.25rem; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; text-wrap: balance; }
h1 em { font-style: normal; color: var(--primary); }
h2 { margin: 0 0 .5rem; font-size: .875rem; font-weight: 600; color: var(--muted); }
p { margin: 0; overflow-wrap: anywhere; text-wrap: pretty; }
code { font: .8125em/1.4 ui-monospace, monospace; color: var(--muted); overflow-wrap: anywhere; }
.badge {
  display: inline-block; margin-bottom: 1.25rem; padding: .25rem .75rem; border-radius: 1rem;
  background: var(--badge); color: var(--on-badge); font-size: .8125rem; font-weight: 600;
}
.person {
  display: flex; gap: .75rem; align-items: center; margin-bottom: 1.5rem; padding: .75rem;
  border: 1px solid var(--line); border-radius: .75rem; font-weight: 600;
}
.person small { display: block; color: var(--muted); font-size: .8125rem; font-weight: 400; }
.face {
  flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; line-height: 2.5rem;
  text-align: center; background: var(--soft); color: var(--primary);
}
ul { margin: 0 0 1.5rem; padding: 0; list-style: none; }
li { padding: .5rem 0 .5rem 1.75rem; position: relative; }
li + li { border-top: 1px solid var(--line); }
li::before {
  content: ""; position: absolute; left: .375rem; top: .9rem; width: .375rem; height: .6875rem;
  border: solid var(--on-badge); border-width: 0 .125rem .125rem 0; transform: rotate(45deg);
}
li code { display: block; }
form { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-bottom: 1.25rem; }
button {
  padding: .75rem 1rem; border: 1px solid var(--edge); border-radius: .625rem;
  background: transparent; color: var(--text); font: inherit; font-weight: 600; cursor: pointer;
}
button:hover { background: var(--soft); }
button.primary { border-color: transparent; background: var(--primary); color: var(--on-primary); }
button.primary:hover { background: var(--primary-hover); }
button:focus-visible { outline: 3px solid var(--primary); outline-offset: 2px; }
form.one { grid-template-columns: 1fr; }
label { font-size: .875rem; font-weight: 600; color: var(--muted); margin-bottom: -.5rem; }
input:not([type=hidden]) {
  width: 100%; padding: .75rem 1rem; border: 1px solid var(--edge); border-radius: .625rem;
  background: transparent; color: var(--text);
  font: 600 1.25rem/1.5 ui-monospace, monospace; letter-spacing: .08em; text-transform: uppercase;
}
input:focus-visible { outline: 3px solid var(--primary); outline-offset: 2px; }
.code {
  margin-bottom: 1.5rem; padding: .75rem; border-radius: .75rem; background: var(--soft);
  font: 600 1.5rem/1.5 ui-monospace, monospace; letter-spacing: .08em; text-align: center;
}
.trouble { margin-bottom: 1.25rem; color: var(--danger); }
.note { font-size: .8125rem; color: var(--muted); }
.note code { font-size: .9375em; }
@media (max-width: 30rem) {
  body { padding: .75rem; }
  main { padding: 1.5rem 1.25rem; }
  form { grid-template-columns: 1fr; }
}
@media (max-width: 16rem) {
  body { padding: .375rem; }
  main { padding: 1rem .75rem; }
  .badge { padding: .25rem .5rem; }
  .face { display: none; }
}
)";

}  // namespace xauth::demo
