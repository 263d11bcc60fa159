// What a chart's specification cannot hold as JSON: functions and themes. The page and the static figures share it.
var thalweg = {
  theme: function (dark) {
    var ink = dark ? '#e8e8ea' : '#1c1c1e', soft = dark ? '#b4b4bc' : '#55555a', rule = dark ? '#3a3b40' : '#e4e4e2';
    var axis = {
      axisLine: {show: true, lineStyle: {color: soft}}, axisTick: {show: true, lineStyle: {color: soft}},
      axisLabel: {color: soft, fontSize: 12}, splitLine: {lineStyle: {color: [rule]}},
      nameTextStyle: {color: ink, fontSize: 12}
    };
    return {
      textStyle: {color: ink, fontFamily: 'Helvetica, Arial, sans-serif', fontSize: 12},
      title: {textStyle: {color: ink, fontSize: 13, fontWeight: 'normal'}},
      legend: {textStyle: {color: ink, fontSize: 12}},
      // Small text in a method's colour would be too faint, and over a marker unreadable without the paper around it.
      scatter: {label: {color: ink, textBorderColor: dark ? '#1a1b1e' : '#fdfdfc', textBorderWidth: 3}},
      valueAxis: axis, logAxis: axis, categoryAxis: axis
    };
  },

  // A series "custom" carries "rings", polylines or polygons in the axes' units, each drawn as a part of one path.
  revive: function (option) {
    option.series.forEach(function (series) {
      if (series.type !== 'custom') { return; }
      var rings = series.rings, closed = series.closed, style = series.style;
      delete series.rings;
      series.renderItem = function (params, api) {
        if (params.dataIndexInside !== 0) { return undefined; }
        var path = '';
        rings.forEach(function (ring) {
          ring.forEach(function (point, i) {
            var at = api.coord(point);
            path += (i === 0 ? 'M' : 'L') + Math.round(at[0] * 100) / 100 + ' ' + Math.round(at[1] * 100) / 100;
          });
          path += closed ? 'Z' : '';
        });
        return {type: 'path', shape: {pathData: path}, style: style, silent: true};
      };
    });
    return option;
  },

  svg: function (text, width, height) {
    var chart = echarts.init(null, thalweg.theme(false), {renderer: 'svg', ssr: true, width: width, height: height});
    var option = JSON.parse(text, function (key, value) { // ECharts 5.3 writes text into SVG as it is
      return typeof value === 'string' ? value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : value;
    });
    option.backgroundColor = '#ffffff';
    chart.setOption(thalweg.revive(option));
    var svg = chart.renderToSVGString();
    chart.dispose();
    return svg;
  }
};
