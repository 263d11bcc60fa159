(function () {
  'use strict';
  var specs = JSON.parse(document.getElementById('charts').textContent);
  var hidden = new Set();
  var off = new Set();
  var system = window.matchMedia('(prefers-color-scheme: dark)');
  var PRINTED = 660; // pixels across a sheet
  var STATIC = 560; // of a static figure, whose legend has room for its lines
  var PLANE = 680; // of a plane, which then fits a screen
  var TILTED = 30; // pixels that tilted names need below an axis besides the room of upright ones
  var printing = false;
  var charts = [];

  function isShown(series) {
    var tag = series.tag || {};
    return !hidden.has(tag.method) && !off.has(tag.split) && !off.has(tag.part);
  }

  // For methods the screen has buttons, which the keyboard reaches too; paper has the legend.
  function hasLegend(spec) { return printing || Boolean(spec.option.legend.keep); }

  function room(spec) { return hasLegend(spec) ? 0 : spec.option.title[0].top - 4; } // of the legend

  // Names that are too wide to stand side by side, as on a phone, are tilted.
  function isTight(axis, width) {
    return Boolean(axis.data) && !axis.axisLabel.rotate && 7 * axis.data.join('  ').length > width - 84;
  }

  // A plane is as wide as both of its axes have room for.
  function width(chart) {
    var all = printing ? PRINTED : chart.place.clientWidth;
    return chart.spec.option.grid[0].aspect ? Math.min(all, PLANE) : all;
  }

  function height(chart) {
    var option = chart.spec.option, grid = option.grid[0];
    var tight = option.xAxis.some(function (axis) { return isTight(axis, width(chart)); });
    var taller = grid.aspect ? planeHeight(grid, width(chart)) - grid.height : 0;
    return chart.spec.height - room(chart.spec) + (tight ? TILTED : 0) + taller;
  }

  function planeHeight(grid, width) { return Math.round(grid.aspect * (width - grid.left - grid.right)); }

  function fit(copy, width) {
    copy.title.forEach(function (title) {
      title.textStyle = {width: width - title.left, overflow: 'break', lineHeight: 15};
    });
    copy.xAxis.forEach(function (axis) {
      if (isTight(axis, width)) { axis.axisLabel.rotate = 45; }
    });
    if (copy.grid[0].aspect) { copy.grid[0].height = planeHeight(copy.grid[0], width); }
    if (width < STATIC) { copy.legend.type = 'scroll'; }
  }

  function option(chart) {
    var spec = chart.spec;
    var copy = JSON.parse(JSON.stringify(spec.option));
    copy.series = copy.series.filter(isShown);
    copy.legend.show = hasLegend(spec);
    copy.legend.data = copy.legend.data.filter(function (name) { return !hidden.has(name); });
    copy.title.concat(copy.grid).forEach(function (part) { part.top -= room(spec); });
    copy.tooltip.confine = true;
    copy.tooltip.valueFormatter = function (value) {
      return typeof value === 'number' ? String(Number(value.toPrecision(5))) : value;
    };
    fit(copy, width(chart));
    return thalweg.revive(copy);
  }

  function isDark() {
    var chosen = document.documentElement.dataset.theme;
    return !printing && (chosen ? chosen === 'dark' : system.matches);
  }

  function draw() {
    charts.forEach(function (chart) {
      if (chart.view) { chart.view.dispose(); }
      chart.place.style.height = height(chart) + 'px';
      var size = {width: width(chart), height: height(chart)};
      chart.view = echarts.init(chart.place, thalweg.theme(isDark()), Object.assign({renderer: 'svg'}, size));
      chart.view.setOption(option(chart));
    });
  }

  function redraw() {
    charts.forEach(function (chart) { chart.view.setOption(option(chart), {notMerge: true}); });
  }

  function toggle(button, set, key) {
    var on = button.getAttribute('aria-pressed') === 'true';
    button.setAttribute('aria-pressed', String(!on));
    if (on) { set.add(key); } else { set.delete(key); }
    redraw();
  }

  specs.forEach(function (spec) {
    var place = document.getElementById('plot-' + spec.id);
    place.textContent = '';
    charts.push({spec: spec, place: place, view: null});
  });
  draw();

  document.querySelectorAll('button[data-method]').forEach(function (button) {
    button.addEventListener('click', function () { toggle(button, hidden, button.dataset.method); });
  });
  document.querySelectorAll('button[data-part]').forEach(function (button) {
    button.addEventListener('click', function () { toggle(button, off, button.dataset.part); });
  });
  document.getElementById('theme').addEventListener('click', function () {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    draw();
  });
  document.getElementById('controls').hidden = false;
  system.addEventListener('change', draw);
  window.addEventListener('resize', function () { // also when a phone's address bar hides, which changes no width
    if (charts.some(function (chart) { return width(chart) !== chart.view.getWidth(); })) { draw(); }
  });
  window.addEventListener('beforeprint', function () { printing = true; draw(); });
  window.addEventListener('afterprint', function () { printing = false; draw(); });
}());
