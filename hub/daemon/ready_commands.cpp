// attuned ready: what is not ready this morning and whose it is, where nobody has ever pressed, and the 60-second card for
// supply adults, one page for each room, to be printed and left on its desk. No child and no adult is named on a card.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/daemon/administrator.hpp"
#include "hub/daemon/certificates.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/html.hpp"
#include "hub/daemon/json.hpp"

namespace attune::daemon {

namespace {

std::string_view why_text(protocol::NotReadyWhy why) {
    switch (why) {
        case protocol::NotReadyWhy::untested: return "not tested yet today";
        case protocol::NotReadyWhy::not_through: return "its test did not come through";
        case protocol::NotReadyWhy::silent: break;
    }
    return "has fallen silent";
}

std::string item_json(const protocol::ReadyItem& item) {
    return fmt::format(R"({{"device":{},"label":{},"why":"{}","listed_at":"{}","runner":{},"goes":{},"late":{}}})", json_text(item.device), json_text(item.label),
                       to_string(item.why), utc(item.listed_at), json_text(item.runner.value_or("")), item.goes, item.late);
}

std::string labels_json(const std::vector<protocol::NeverPressed>& devices) {
    std::string out;
    for (const auto& device : devices) out += fmt::format("{}{}", out.empty() ? "" : ",", json_text(device.label));
    return out;
}

void print_report(const protocol::ReadinessReport& report) {
    const protocol::ReadinessView& ready = report.readiness;
    fmt::print("{} of {} are ready today{}.\n", ready.ready, ready.total, ready.excused == 0 ? "" : fmt::format(", {} let be for today", ready.excused));
    if (!ready.listed) fmt::print("{}\n", ready.list_at ? fmt::format("What is not ready is listed at {}.", utc(*ready.list_at)) : "No list today.");
    for (const auto& item : ready.items)
        fmt::print("  {:<24} {:<32} {}\n", item.label, why_text(item.why),
                   !item.runner ? "nobody is named yet" : fmt::format("{} {}{}", *item.runner, item.goes ? "goes and looks" : "is asked to look", item.late ? ", still not ready" : ""));
    if (ready.items_more > 0) fmt::print("  and {} more\n", ready.items_more);
    fmt::print("Never pressed, drills included: {} of the rooms{}\n", report.devices.size() + report.devices_more, report.devices.empty() ? "." : ":");
    for (const auto& device : report.devices) fmt::print("  {}\n", device.label);
    if (report.devices_more > 0) fmt::print("  and {} more\n", report.devices_more);
}

constexpr std::string_view card_head =
    "<!doctype html><html lang=\"en-GB\"><meta charset=\"utf-8\"><title>60-second cards</title><style>"
    "body{font:12.5pt/1.4 'Atkinson Hyperlegible',system-ui,sans-serif;color:#1f2d36;margin:14mm}"
    "article{max-width:165mm;break-after:page;padding-bottom:12mm}h1{font-size:22pt;line-height:1.15;margin:0 0 4mm}h2{font-size:13pt;margin:6mm 0 1.5mm}"
    "dl{display:grid;grid-template-columns:48mm 1fr;gap:2mm 4mm;margin:0}dt{font-weight:700}dd,p{margin:0}ol{margin:0;padding-left:6mm}"
    "</style>\n";

/// The same words as on the room's own page (clients/web, words_ready.ts).
std::string card_of(std::string_view room) {
    return fmt::format(
        "<article><h1>If you need somebody in {}</h1><p>One press is enough. Nobody minds, and nobody counts.</p>"
        "<h2>What to press, in the corner of the screen</h2><dl>"
        "<dt>Support please</dt><dd>a child would be better with another adult. Somebody comes within minutes.</dd>"
        "<dt>Support now</dt><dd>it is getting unsafe. The nearest adult comes at once.</dd>"
        "<dt>Everyone available</dt><dd>hold it for a moment. All who can come do.</dd></dl>"
        "<h2>What happens</h2><ol><li>The page says Received, then who is coming, then that they are here. It makes no sound and shows no name of a child.</li>"
        "<li>Stay with the class. Whoever comes knows the way and what helps.</li>"
        "<li>Pressed by mistake? Never mind is always there, and costs nothing.</li></ol>"
        "<h2>Who comes</h2><p>An adult whom the children here know, if one is free; else whoever is near. If nobody answers, the office hears it until somebody goes.</p>"
        "<h2>If the page says that nothing gets through</h2><p>It says which telephone to ring.</p>"
        "<h2>Try it</h2><p>In Help, Practise with one adult takes two minutes and bothers nobody else.</p></article>\n",
        escaped(room));
}

}  // namespace

int show_ready(const Config& config, bool json) {
    const auto administrator = reach_hub(config, Leaves::nothing);
    const auto report = ask<protocol::ReadinessReport>(*administrator, protocol::ListReadiness{});
    const auto tls = certificates(config, std::chrono::system_clock::now());
    if (!json) {
        print_report(report);
        for (const auto& one : tls)
            if (one.ending) fmt::print("{}\n", one.sentence);
        return 0;
    }
    std::string items;
    for (const auto& item : report.readiness.items) items += fmt::format("{}{}", items.empty() ? "" : ",", item_json(item));
    fmt::print("{{\"ready\":{},\"excused\":{},\"total\":{},\"listed\":{},\"not_ready\":[{}],\"not_ready_more\":{},\"never_pressed\":[{}],\"never_pressed_more\":{},\"certificates\":{}}}\n",
               report.readiness.ready, report.readiness.excused, report.readiness.total, report.readiness.listed, items, report.readiness.items_more,
               labels_json(report.devices), report.devices_more, certificates_json(tls));
    return 0;
}

int print_supply_cards(const Config& config, const std::filesystem::path& html) {
    const auto administrator = reach_hub(config, Leaves::nothing);
    const auto list = ask<protocol::Devices>(*administrator, protocol::ListDevices{});
    std::string page(card_head);
    std::size_t rooms = 0;
    for (const auto& device : list.devices) {
        if (device.kind != protocol::DeviceKind::room || device.waiting_until) continue;
        page += card_of(device.label);
        ++rooms;
    }
    if (rooms == 0) throw std::runtime_error("No room is enrolled yet. attuned enrol room --place PLACE makes a link for one.");
    if (std::filesystem::exists(html)) throw std::runtime_error(fmt::format("{} is there already. Name a file that is not there yet.", html.string()));
    std::ofstream file(html, std::ios::binary);
    file << page << "</html>\n";
    if (!file.flush()) throw std::runtime_error(fmt::format("{} cannot be written. Name a file in a folder of yours.", html.string()));
    fmt::print("{} cards are in {}, a page each. Print it, and leave each in its room.\n", rooms, html.string());
    return 0;
}

}  // namespace attune::daemon
