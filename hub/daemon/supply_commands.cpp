// attuned supply: adults who are here for today only, at the terminal. The PIN is shown this once.
#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/daemon/administrator.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/json.hpp"

namespace attune::daemon {

namespace {

protocol::Role role_named(const std::string& word) {
    for (const auto role : {protocol::Role::responder, protocol::Role::teacher})
        if (to_string(role) == word) return role;
    throw std::runtime_error(fmt::format("\"{:.40}\" is no role for today. Use responder, teacher or both.", word));
}

}  // namespace

int add_supply(const Config& config, const SupplyOptions& options) {
    protocol::AddSupply request;
    request.name = options.name;
    request.short_name = options.short_name.empty() ? options.name.substr(0, options.name.find(' ')) : options.short_name;
    for (const std::string& word : options.roles) request.roles.push_back(role_named(word));
    if (!options.covers.empty()) request.covers = options.covers;
    if (!options.place.empty()) request.place = options.place;
    const auto administrator = reach_hub(config, Leaves::events);
    const auto added = ask<protocol::SupplyAdded>(*administrator, request);
    if (options.json)
        fmt::print("{{\"person\":{},\"short_name\":{},\"pin\":{},\"until\":\"{}\"}}\n", json_text(added.person), json_text(added.short_name), json_text(added.pin), utc(added.until));
    else
        fmt::print("{} ({}) is here until {}.\nOn any of the school's handsets they choose their name and give the PIN {}. It is shown this once.\n", added.short_name, added.person,
                   utc(added.until), added.pin);
    std::fflush(stdout);
    return 0;
}

int list_supplies(const Config& config, bool json) {
    const auto administrator = reach_hub(config, Leaves::nothing);
    const auto list = ask<protocol::Supplies>(*administrator, protocol::ListSupplies{});
    std::string out;
    for (const auto& one : list.supplies)
        out += json ? fmt::format("{}{{\"person\":{},\"name\":{},\"covers\":{},\"until\":\"{}\",\"signed_in\":{}}}", out.empty() ? "" : ",\n ", json_text(one.person),
                                  json_text(one.name), one.covers ? json_text(*one.covers) : "null", utc(one.until), one.signed_in)
                    : fmt::format("{:<16} {:<24} until {}  {}{}\n", one.person, one.name, utc(one.until), one.signed_in ? "on a handset" : "on no handset yet",
                                  one.covers ? ", for " + *one.covers : "");
    if (json) fmt::print("[{}]\n", out);
    else fmt::print("{}", out.empty() ? "Nobody is here for today only. attuned supply add NAME adds somebody.\n" : out);
    return 0;
}

int end_supply(const Config& config, const std::string& person) {
    const auto administrator = reach_hub(config, Leaves::events);
    ask<protocol::Done>(*administrator, protocol::EndSupply{person});
    fmt::print("{} is signed out and gone.\n", person);
    return 0;
}

}  // namespace attune::daemon
