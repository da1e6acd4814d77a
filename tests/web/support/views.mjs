// Calls as the hub would tell them; a test changes what matters to it.
let next = 500;
export function call_view(change = {}) {
  const { age = 12_000, ...rest } = change;
  const at = Date.now() - age;
  return {
    call: next++, place: 'y4', place_name: 'Year 4 Curlew', level: 2, drill: false, rung: 'received', relation: 'raiser', raised_at: at, rung_at: at + 40,
    ringing: 0, offered: [], offered_more: 0, owner_late: false, on_way: false, helpers: [], helper_wanted: false, station_called: false, sounds: 1,
    withdraw_asked: false, notes: [], recorded: true, support_check_due: false, ...rest,
  };
}
