// Keeps what is told of each channel current: slacalc worked out what is told from which instant on, and this compares
// instants with the clock of the browser. It sends nothing, and asks for nothing but the data that it is given.
(function () {
  "use strict";

  function clock(zone, instant) {
    var parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" };
    return new Intl.DateTimeFormat("en-GB", Object.assign(parts, zone ? { timeZone: zone } : {})).format(instant);
  }

  function isReaders(zone, instants) {
    try {
      return instants.every(function (instant) { return clock(zone, instant) === clock("", instant); });
    } catch (error) {
      return false; // the browser does not know the zone
    }
  }

  function lastAt(edges, now) {
    return edges.reduce(function (found, edge) { return edge[0] <= now ? edge : found; }, edges[0]);
  }

  function element(tag, text) {
    var made = document.createElement(tag);
    made.textContent = text;
    return made;
  }

  function inReadersTime(data, instants) {
    var form = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    var said = instants.map(function (instant) {
      return new Intl.DateTimeFormat(data.language, form).format(instant);
    });
    return data.words.your_time.replace("{moments}", said.join("; "));
  }

  function current(data, now) {
    var isHere = function (zone) { return isReaders(zone.zone, [data.from, now, data.until]); };
    var here = data.zones.find(isHere);
    var zone = here || data.zones[0];
    return data.channels.map(function (channel, place) {
      var said = data.sayings[lastAt(zone.edges[place], now)[1]];
      var item = element("li", said[0]);
      item.dataset.channel = channel.channel;
      if (!here && said[1].length) { item.appendChild(element("small", inReadersTime(data, said[1]))); }
      return item;
    });
  }

  function hours(data) {
    return data.channels.filter(function (channel) { return channel.hours.length; }).map(function (channel) {
      return element("li", channel.name + ": " + channel.hours.join("; "));
    });
  }

  // What the page says as of its instant is told here as of now: it stands again when this is too old.
  function hideAsOf(box, isHidden) {
    var section = box.parentNode.querySelector("section[aria-labelledby='now']");
    if (section) { section.hidden = isHidden; }
  }

  function show(box, data) {
    var now = Date.now();
    var isOld = !(data.format === 1 && data.from <= now && now < data.until);
    var list = document.createElement("ul");
    (isOld ? hours(data) : current(data, now)).forEach(function (item) { list.appendChild(item); });
    box.querySelectorAll("ul, p").forEach(function (old) { old.remove(); });
    if (isOld) { box.appendChild(element("p", data.words.out_of_date)); }
    box.appendChild(list);
    box.hidden = false;
    hideAsOf(box, !isOld);
    if (isOld) { return; }
    var next = data.until;
    data.zones.forEach(function (zone) {
      zone.edges.forEach(function (edges) {
        edges.forEach(function (edge) { if (edge[0] > now && edge[0] < next) { next = edge[0]; } });
      });
    });
    clearTimeout(box.slacalcTimer);
    box.slacalcTimer = setTimeout(function () { show(box, data); }, Math.min(next - now, 3600000) + 1);
  }

  function begin(box) {
    var inline = box.querySelector("script[type='application/json']");
    var got = inline ? Promise.resolve(JSON.parse(inline.textContent)) : fetch(box.dataset.slacalc).then(function (answer) {
      return answer.json();
    });
    got.then(function (data) {
      show(box, data);
      document.addEventListener("visibilitychange", function () { if (!document.hidden) { show(box, data); } });
    });
  }

  function start() { document.querySelectorAll("[data-slacalc]").forEach(begin); }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
