// attuned leaders: accounts of leaders, at the terminal; and the link for the first of them.
#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/daemon/administrator.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/json.hpp"
#include "hub/daemon/links.hpp"

namespace attune::daemon {

namespace {

std::string roles_of(const protocol::AccountView& account) {
    std::string out;
    for (const auto role : account.roles)
        out += (out.empty() ? "" : " ") + std::string(to_string(role));
    return out;
}

std::string state_of(const protocol::AccountView& account) {
    if (account.state == protocol::AccountState::none) return "no account";
    if (account.state == protocol::AccountState::invited) return fmt::format("invited until {}", utc(account.invited_until.value_or(0)));
    std::string out = fmt::format("open, {} signed in, {} recovery codes left", account.sessions, account.recovery_left);
    if (account.wait_until) out += fmt::format(", no sign-in before {}", utc(*account.wait_until));
    return out;
}

std::string account_json(const protocol::AccountView& account) {
    return fmt::format(R"({{"person":{},"name":{},"roles":{},"state":"{}","sessions":{},"recovery_left":{}}})", json_text(account.person),
                       json_text(account.name), json_text(roles_of(account)), to_string(account.state), account.sessions,
                       account.recovery_left);
}

int show_invitation(const Config& config, const protocol::LeaderInvitation& invitation, const LeaderOptions& options) {
    const std::string link = page_link(config, "leaders", invitation.code);
    if (options.json)
        fmt::print("{{\"person\":{},\"code\":{},\"url\":{},\"expires_at\":\"{}\"}}\n", json_text(invitation.person), json_text(invitation.code),
                   json_text(link), utc(invitation.expires_at));
    else
        print_link(fmt::format("{} ({}) opens an account with this before {}. It works once.", invitation.name, invitation.person,
                               utc(invitation.expires_at)),
                   link, options.qr);
    std::fflush(stdout);
    return 0;
}

/// With what a person at the terminal can do next.
[[noreturn]] void explain(const Refused& refused) {
    if (refused.name() == "NoSuchPerson")
        throw std::runtime_error(
            "There is no such person in staff.csv, or nobody in it has the role admin or head. attuned leaders list shows who may have an account.");
    throw std::runtime_error(refused.what());
}

template <class Command>
void have_done(const Config& config, const Command& command) {
    const auto administrator = reach_hub(config, Leaves::events);
    try {
        ask<protocol::Done>(*administrator, command);
    } catch (const Refused& refused) {
        explain(refused);
    }
}

}  // namespace

int invite_leader(const Config& config, const LeaderOptions& options) {
    const auto administrator = reach_hub(config, Leaves::events);
    try {
        protocol::InviteLeader request;
        if (!options.person.empty()) request.person = options.person;
        return show_invitation(config, ask<protocol::LeaderInvitation>(*administrator, request), options);
    } catch (const Refused& refused) {
        // Asked for the first one, where that one is there already: nothing is left to do.
        if (options.person.empty() && refused.name() == "AccountExists") return 0;
        explain(refused);
    }
}

int list_leaders(const Config& config, bool json) {
    const auto administrator = reach_hub(config, Leaves::nothing);
    const auto list = ask<protocol::Accounts>(*administrator, protocol::ListAccounts{});
    std::string out;
    for (const auto& account : list.accounts)
        out += json ? (out.empty() ? "" : ",\n ") + account_json(account)
                    : fmt::format("{:<20} {:<24} {:<32} {}\n", account.person, account.name, roles_of(account), state_of(account));
    if (json) {
        fmt::print("[{}]\n", out);
        return 0;
    }
    fmt::print("{}", out.empty() ? "Nobody in staff.csv has the role duty_lead, dsl, senco, head or admin.\n" : out);
    if (list.open == 0) fmt::print("Nobody has an account yet. attuned leaders first prints a link for the first administrator.\n");
    return 0;
}

int reset_leader(const Config& config, const std::string& person) {
    have_done(config, protocol::ResetAccount{person});
    fmt::print("The account of {} is closed, and its browsers are signed out within 5 seconds. attuned leaders invite {} lets them open another.\n",
               person, person);
    return 0;
}

int end_leader_sessions(const Config& config, const std::string& person) {
    have_done(config, protocol::EndLeaderSessions{person});
    fmt::print("{} is signed out of every browser within 5 seconds.\n", person);
    return 0;
}

}  // namespace attune::daemon
