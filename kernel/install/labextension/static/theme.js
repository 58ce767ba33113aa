/** JupyterLab's look as Plotly defaults: a figure's own choices always win over them. */

/** Calls `listener` after JupyterLab's theme has changed; returns a function that ends it. */
export function onThemeChange(listener) {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  return () => observer.disconnect();
}

/**
 * Gives `layout` the theme's colours by way of a template: the defaults for all that the layout does not say itself. They
 * take the place of a template's own colours, which cannot know what they are seen on.
 */
export function withTheme(layout) {
  const own = layout.template ?? {};
  // A figure that brings its own background brings text that can be read on it.
  if (!isClear(layout.paper_bgcolor ?? own.layout?.paper_bgcolor)) return layout;
  return { ...layout, template: merge(merge({ layout: { margin: MARGIN } }, own), { layout: themeColours() }) };
}

/** Plotly's own margins are made for a page, and leave little of a notebook's column. */
const MARGIN = { l: 60, r: 30, t: 60, b: 50 }; // pixels

function isClear(colour) {
  return !colour || colour === "transparent" || /^rgba\(.*,\s*0(\.0*)?\s*\)$/.test(colour);
}

function themeColours() {
  const style = getComputedStyle(document.body);
  const colour = (name) => style.getPropertyValue(name).trim() || undefined;
  const text = colour("--jp-ui-font-color1");
  const soft = colour("--jp-ui-font-color2");
  const line = colour("--jp-border-color1");
  const grid = colour("--jp-border-color2");
  const clear = "rgba(0,0,0,0)";
  const axis = { gridcolor: grid, linecolor: line, tickcolor: line, zerolinecolor: line };
  const axis3d = { ...axis, backgroundcolor: clear };
  return {
    paper_bgcolor: clear,
    plot_bgcolor: clear,
    font: { color: text, family: colour("--jp-ui-font-family") },
    xaxis: axis,
    yaxis: axis,
    polar: { bgcolor: clear, angularaxis: axis, radialaxis: axis },
    scene: { xaxis: axis3d, yaxis: axis3d, zaxis: axis3d },
    modebar: { bgcolor: clear, color: soft, activecolor: text },
    legend: { bgcolor: clear },
  };
}

function merge(base, over) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = isPlainObject(value) && isPlainObject(merged[key]) ? merge(merged[key], value) : value;
  }
  return merged;
}

function isPlainObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
