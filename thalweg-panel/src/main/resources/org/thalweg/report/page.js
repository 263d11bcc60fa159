(function () {
  'use strict';
  var specs = JSON.parse(document.getElementById('charts').textContent);
  var hidden = new Set();
  var off = new Set();
  var system = window.matchMedia('(prefers-color-scheme: dark)');
  var printing = false;
  var charts = [];

  function isShown(series) {
    var tag = series.tag || {};
    return !hidden.has(tag.method) && !off.has(tag.split) && !off.has(tag.part);
  }

  function room(spec) { return spec.option.legend.keep ? 0 : spec.option.title[0].top - 4; } // of the legend

  function option(spec) {
    var copy = JSON.parse(JSON.stringify(spec.option));
    copy.series = copy.series.filter(isShown);
    copy.legend.show = Boolean(copy.legend.keep); // for methods the page has buttons, which the keyboard reaches too
    copy.title.concat(copy.grid).forEach(function (part) { part.top -= room(spec); });
    copy.tooltip.confine = true;
    copy.tooltip.valueFormatter = function (value) {
      return typeof value === 'number' ? String(Number(value.toPrecision(5))) : value;
    };
    return thalweg.revive(copy);
  }

  function isDark() {
    var chosen = document.documentElement.dataset.theme;
    return !printing && (chosen ? chosen === 'dark' : system.matches);
  }

  function draw() {
    charts.forEach(function (chart) {
      if (chart.view) { chart.view.dispose(); }
      var size = printing ? {width: 660, height: chart.spec.height - room(chart.spec)} : {};
      chart.view = echarts.init(chart.place, thalweg.theme(isDark()), Object.assign({renderer: 'svg'}, size));
      chart.view.setOption(option(chart.spec));
    });
  }

  function redraw() {
    charts.forEach(function (chart) { chart.view.setOption(option(chart.spec), {notMerge: true}); });
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
    place.style.height = spec.height - room(spec) + 'px';
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
  window.addEventListener('resize', function () { charts.forEach(function (chart) { chart.view.resize(); }); });
  window.addEventListener('beforeprint', function () { printing = true; draw(); });
  window.addEventListener('afterprint', function () { printing = false; draw(); });
}());
