// What tmux shows, as an image: reads `tmux capture-pane -p -e -N` and writes a PPM file, each cell
// two squares high. Usage: node pane_image.js dark|light <CAPTURE >IMAGE
import { readFileSync } from 'node:fs';
const SQUARE = 6; // pixels
const THEMES = {
  // As in Solarized: neither black is black, nor white white.
  dark: {background: [0, 43, 54], foreground: [131, 148, 150]},
  light: {background: [253, 246, 227], foreground: [101, 123, 131]},
};
const BASIC = [[7, 54, 66], [220, 50, 47], [133, 153, 0], [181, 137, 0], [38, 139, 210],
  [211, 54, 130], [42, 161, 152], [238, 232, 213]];

const theme = THEMES[process.argv[2]];
let style = {...theme}; // tmux does not say it again in each line

// The colour that a terminal with that theme shows for number `n` of the 256.
function paletteColor(n) {
  if (n < 16) return BASIC[n % 8];
  if (n >= 232) return Array(3).fill(8 + 10 * (n - 232));
  const level = (step) => (step === 0 ? 0 : 55 + 40 * step);
  return [level(Math.floor((n - 16) / 36)), level(Math.floor((n - 16) / 6) % 6), level((n - 16) % 6)];
}

// The style after the parameters of one SGR sequence.
function restyle(style, parameters) {
  const codes = parameters === '' ? [0] : parameters.split(';').map(Number);
  for (let i = 0; i < codes.length; ++i) {
    const code = codes[i];
    const side = code < 40 || (code >= 90 && code < 100) ? 'foreground' : 'background';
    if (code === 0) style = {...theme};
    else if (code === 39 || code === 49) style = {...style, [side]: theme[side]};
    else if (code === 38 || code === 48) style = {...style, [side]: paletteColor(codes[i += 2])};
    else if (code % 10 < 8 && ((code >= 30 && code < 50) || (code >= 90 && code < 110)))
      style = {...style, [side]: paletteColor(code % 10)};
  }
  return style;
}

// The cells of a line as pairs of colours: the upper and the lower half.
function cellsOf(line) {
  const cells = [];
  for (const [piece, parameters] of line.matchAll(/\x1b\[([0-9;]*)m|\x1b[^m]*?\\|[^\x1b]/gu)) {
    if (parameters !== undefined) style = restyle(style, parameters);
    if (piece.startsWith('\x1b')) continue;
    const {foreground, background} = style;
    cells.push(['▀█'.includes(piece) ? foreground : background,
      '▄█'.includes(piece) ? foreground : background]);
  }
  return cells;
}

const lines = readFileSync(0, 'utf8').split('\n').map(cellsOf);
const columns = Math.max(...lines.map((cells) => cells.length)) + 4; // as wide as a margin
const empty = [theme.background, theme.background];
const rows = [];
for (const cells of lines) {
  for (const half of [0, 1]) {
    const pixels = [];
    for (let x = 0; x < columns; ++x) {
      for (let i = 0; i < SQUARE; ++i) pixels.push(...(cells[x] ?? empty)[half]);
    }
    for (let i = 0; i < SQUARE; ++i) rows.push(Buffer.from(pixels));
  }
}
process.stdout.write(`P6 ${columns * SQUARE} ${rows.length} 255\n`);
process.stdout.write(Buffer.concat(rows));
