// What a resident does in Thunderbird, and what they then see; evaluated in its
// main window. Each function named at the end can be called by its name.

const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const { MessengerContentHandler } = ChromeUtils.importESModule("resource:///modules/MessengerContentHandler.sys.mjs");
const { DNS } = ChromeUtils.importESModule("resource:///modules/DNS.sys.mjs");
const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");

const PATIENCE = 20_000;

async function until(what, condition) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await condition();
    if (answer) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`in vain waited for ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

// The dialog would ask whether Google has the host's mail: a question to the
// world outside, which is none of this test's.
DNS.mx = async () => [];

// Every answer of a server since this was loaded, as it came from the network.
const answers = [];
Services.obs.addObserver(channel => {
  channel.QueryInterface(Ci.nsIHttpChannel);
  const header = (get, name) => {
    try {
      return channel[get](name);
    } catch {
      return null; // there is none
    }
  };
  answers.push({
    method: channel.requestMethod,
    address: channel.URI.spec,
    condition: header("getRequestHeader", "If-None-Match"),
    status: channel.responseStatus,
    tag: header("getResponseHeader", "ETag"),
    encoding: header("getResponseHeader", "Content-Encoding"),
  });
}, "http-on-examine-response");

const subscribed = () => cal.manager.getCalendars().find(calendar => calendar.type == "ics");

/**
 * A webcal: link opened by the desktop, which hands it to the Thunderbird that
 * runs; then in its dialog Find Calendars and Subscribe. Returns its name.
 */
async function subscribe(link) {
  new MessengerContentHandler().handle(Cu.createCommandLine([link], null, Ci.nsICommandLine.STATE_REMOTE_AUTO));
  const dialog = await until("the dialog", () =>
    [...Services.wm.getEnumerator(null)].find(
      found => found.location.pathname.endsWith("/calendar-creation.xhtml") && found.document.readyState == "complete"
    )
  );
  const part = id => dialog.document.getElementById(id);
  const press = () => part("calendar-creation-dialog").getButton("accept").click();
  try {
    press();
    await until("the dialog to find the calendar", () => part("network-calendar-list").childElementCount);
    press();
    return (await until("the subscription", subscribed)).name;
  } finally {
    // Nobody hears of a failure while it stands open.
    dialog.close();
  }
}

/** "Synchronize"; returns once Thunderbird says that it is done. */
async function refresh() {
  const calendar = subscribed();
  const loaded = new Promise((resolve, reject) => {
    const ignored = () => {};
    const observer = {
      QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
      onStartBatch: ignored,
      onEndBatch: ignored,
      onAddItem: ignored,
      onModifyItem: ignored,
      onDeleteItem: ignored,
      onError: ignored,
      onPropertyChanged: ignored,
      onPropertyDeleting: ignored,
      onLoad() {
        calendar.removeObserver(observer);
        resolve();
      },
    };
    calendar.addObserver(observer);
    setTimeout(() => reject(new Error("synchronizing does not end")), PATIENCE);
  });
  calendar.refresh();
  await loaded;
}

/** By UID; the hours as instants, in milliseconds. */
async function events() {
  const items = await subscribed().getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null);
  const instant = time => cal.dtz.dateTimeToJsDate(time).getTime();
  return Object.fromEntries(
    items.map(item => [
      item.id,
      {
        summary: item.title,
        location: item.getProperty("LOCATION"),
        start: instant(item.startDate),
        end: instant(item.endDate),
        status: item.status,
        sequence: Number(item.getProperty("SEQUENCE")),
      },
    ])
  );
}

/** How the month view draws a session: the decoration of its text. */
async function drawn(uid) {
  const tabs = document.getElementById("tabmail");
  tabs.openTab("calendar", {});
  await until("the calendar's tab", () => window.currentView?.());
  window.switchCalendarView("month", true);
  const view = document.getElementById("month-view");
  const item = await subscribed().getItem(uid);
  view.goToDay(item.startDate.getInTimezone(cal.dtz.defaultTimezone));
  const box = await until(`${uid} in the month view`, () =>
    [...view.querySelectorAll("calendar-month-day-box-item")].find(found => found.occurrence?.id == uid)
  );
  return window.getComputedStyle(box).textDecorationLine;
}

Object.assign(globalThis, { subscribe, refresh, events, drawn, answers: () => answers });
