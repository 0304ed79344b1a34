// The site's search. The theme's worker keeps the handbook; this one stands before it and keeps the projects.
// A project is one line: looking through ten thousand of them takes less time than the theme's index of them takes to make.
(function () {
  "use strict";
  var SETUP = 0, RESULT = 3;
  var theirs = new URL("../javascripts/workers/" + self.location.search.slice(1), self.location.href);
  if (typeof Worker === "undefined") { // a browser whose workers have none of their own: all entries are the theme's
    importScripts(theirs.href);
    return;
  }
  var worker = new Worker(theirs.href), projects = [], asked = [];

  function wordsOf(text) { return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || []; }
  function plain(html) { return html.replace(/<\/?mark>/g, "").replace(/<[^>]*>|&\w+;/g, " "); }
  function line(html) { return " " + wordsOf(plain(html)).join(" ") + " "; }
  function holds(text, word) { return text.indexOf(" " + word) !== -1; }
  function held(text, words) { return words.filter(function (word) { return holds(text, word); }).length; }
  function share(title, words) { return held(title, words) / Math.max(1, wordsOf(title).length); }
  function isProject(entry) { return /^projects\/[^/#]+\/$/.test(entry.location); }

  // The projects that hold most of the words: whole words and those of the name first, and names that say little else.
  function found(words) {
    var most = 1, ranked = [];
    projects.forEach(function (one) {
      var count = held(one.whole, words);
      if (count < most) return;
      most = count;
      var weight = words.reduce(function (sum, word) {
        return sum + 2 * holds(one.title, word) + holds(one.whole, word + " ");
      }, share(one.title, words));
      ranked.push({ entry: one.entry, title: one.title, whole: one.whole, count: count, weight: weight });
    });
    ranked = ranked.filter(function (one) { return one.count === most; });
    ranked.sort(function (a, b) { return b.weight - a.weight; });
    return ranked;
  }

  function marked(html, words) {
    return html.replace(/<[^>]*>|&\w+;|[\p{L}\p{N}]+/gu, function (part) {
      var small = part.toLowerCase();
      var word = words.find(function (each) { return small.indexOf(each) === 0; });
      return word ? "<mark>" + part.slice(0, word.length) + "</mark>" + part.slice(word.length) : part;
    });
  }

  // Projects come after what the handbook calls so, or holds more of the words, and before what only mentions them.
  function answer(groups, typed) {
    var known = groups.length ? line(Object.keys(groups[0][0].terms).join(" ")) : null;
    var words = wordsOf(typed).filter(function (word) { return !known || holds(known, word); });
    var projects = found(words), at = 0;
    if (!projects.length) return groups;
    var most = projects[0].count, named = share(projects[0].title, words);
    function goesBefore(group) {
      return group.some(function (item) {
        var agreed = Object.keys(item.terms).filter(function (term) { return item.terms[term]; }).length;
        var title = line(item.title);
        return agreed > most || held(title, words) >= most && share(title, words) >= named;
      });
    }
    while (at < groups.length && goesBefore(groups[at])) at += 1;
    var score = at ? groups[at - 1][0].score : groups.length ? groups[0][0].score + 1 : 1;
    var more = projects.map(function (one) {
      var terms = {};
      words.forEach(function (word) { terms[word] = holds(one.whole, word); });
      return [Object.assign({}, one.entry, {
        title: marked(one.entry.title, words), text: marked(one.entry.text, words), score: score, terms: terms
      })];
    });
    return groups.slice(0, at).concat(more, groups.slice(at));
  }

  worker.addEventListener("message", function (event) {
    var message = event.data;
    if (message.type === RESULT) message.data.items = answer(message.data.items, asked.shift());
    self.postMessage(message);
  });
  self.addEventListener("message", function (event) {
    var message = event.data;
    if (message.type === SETUP) {
      var entries = message.data.docs;
      message.data.docs = entries.filter(function (one) { return !isProject(one); });
      worker.postMessage(message);
      projects = entries.filter(isProject).map(function (one) {
        var title = line(one.title);
        return { entry: one, title: title, whole: title + line(one.text) };
      });
    } else {
      asked.push(message.data);
      worker.postMessage(message);
    }
  });
})();
