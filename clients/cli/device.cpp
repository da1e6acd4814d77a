// Waiting for the hub, and the sentences for when it does not answer.
#include "clients/cli/device.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "clients/cli/json.hpp"
#include "clients/cli/words.hpp"

namespace attune::cli {

namespace {

std::filesystem::path state_home() {
    const char* set = std::getenv("XDG_STATE_HOME");  // NOLINT(concurrency-mt-unsafe)
    if (set && *set == '/') return set;
    const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe)
    if (home && *home == '/') return std::filesystem::path(home) / ".local/state";
    throw Failure(Exit::failed, "Neither XDG_STATE_HOME nor HOME says where a device is kept. Set one of them.");
}

}  // namespace

std::int64_t wall_ms() {
    return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string program_and_version() {
    return "attune " ATTUNE_VERSION;
}

client::DeviceFolder folder_of(const std::string& profile) {
    const bool plain =
        !profile.empty() && profile.size() <= 64 && profile.front() != '.' && std::ranges::all_of(profile, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                   c == '.';
        });
    if (!plain) throw Failure(Exit::usage, "A profile's name has letters, digits, - and _, and at most 64 of them. Give another with --profile.");
    return client::DeviceFolder(state_home() / "attune-client" / profile);
}

// ---- output ----

void Output::say(const std::string& text, Colour colour) const {
    if (json_) return;
    fmt::print("{}\n", in_colour(colours_, colour, text));
    std::fflush(stdout);
}

void Output::say_at(const std::string& time, const std::string& text, Colour colour) const {
    if (json_) return;
    fmt::print("{}  {}\n", in_colour(colours_, Colour::dim, time), in_colour(colours_, colour, text));
    std::fflush(stdout);
}

void Output::object(std::string_view kind, const std::string& fields) const {
    if (!json_) return;
    fmt::print("{{\"kind\":\"{}\"{}{}}}\n", kind, fields.empty() ? "" : ",", fields);
    std::fflush(stdout);
}

// ---- the connection ----

Device::Device(const Common& common, client::Options options)
    : common_(common), out_(common.json), signals_(io_, SIGINT, SIGTERM) {
    options.app = program_and_version();
    client_ = std::make_unique<client::Client>(io_, folder_of(common.profile), std::move(options),
                                               client::Handlers{[this](const client::Connection& now) {
                                                                    if (on_connection) on_connection(now);
                                                                },
                                                                [this](const protocol::AnyMessage& message) {
                                                                    if (on_message) on_message(message);
                                                                }});
    signals_.async_wait([this](const boost::system::error_code& error, int) { interrupted_ = !error; });
}

void Device::start() {
    client_->start();
    if (const auto& exposed = connection().exposed; !exposed.empty()) {
        fmt::print(stderr, "attune: {}\n", exposed);
        out_.object("exposed", fmt::format("\"message\":{}", json_text(exposed)));
    }
    look_for_the_end();
}

void Device::look_for_the_end() const {
    const auto& now = connection();
    if (now.phase == client::Phase::not_enrolled)
        throw Failure(
            Exit::not_enrolled,
            fmt::format("No device is enrolled as “{}”. Ask for a link on the hub (attune devices enrol), then: "
                        "attune enrol LINK",
                        common_.profile));
    if (now.phase == client::Phase::no_folder) throw Failure(Exit::failed, now.storage_trouble);
    if (now.phase == client::Phase::replaced)
        throw Failure(Exit::refused, "This device is in use elsewhere, and only one can speak for it. End the other one, or enrol this "
                                     "machine as a device of its own: attune devices enrol, on the hub, makes a link.");
    if (now.phase != client::Phase::refused) return;
    const auto sentence = now.refusal ? harmless(now.refusal->message) : "";
    throw Failure(Exit::not_enrolled, sentence + " Then: attune enrol LINK");
}

void Device::step(milliseconds limit) {
    if (!interrupted_) io_.run_one_for(limit);
    look_for_the_end();
}

bool Device::until(const std::function<bool()>& done, std::optional<milliseconds> limit) {
    const auto end = std::chrono::steady_clock::now() + limit.value_or(std::chrono::hours(24));
    while (!done()) {
        const auto left = std::chrono::ceil<milliseconds>(end - std::chrono::steady_clock::now());
        if (interrupted_ || (left.count() <= 0 && limit)) return false;
        step(limit ? left : milliseconds(1'000));
    }
    return true;
}

std::optional<milliseconds> Device::timeout() const {
    if (common_.timeout_s <= 0) return std::nullopt;
    return milliseconds(static_cast<std::int64_t>(common_.timeout_s * 1'000));
}

Failure Device::not_reached(const std::string& then) const {
    if (interrupted_) return {Exit::not_reached, "Interrupted before the hub answered. " + then};
    if (connection().waiting) return {Exit::waiting, waiting_line(*connection().waiting)};
    const auto& who = client_->identity();
    const auto failed = connection().failed;
    const Exit code = failed == client::WireEnd::not_this_hub  ? Exit::not_this_hub
                      : failed == client::WireEnd::key_refused ? Exit::not_enrolled
                                                               : Exit::not_reached;
    std::string sentence = lost_line(connection(), who ? who->address : "");
    if (const auto help = help_line(who); !help.empty() && then.empty()) sentence += " " + help;
    return {code, then.empty() ? sentence : sentence + " " + then};
}

void Device::live() {
    start();
    if (!answered_or_waits()) throw not_reached("");
}

bool Device::answered_or_waits() {
    const auto live = [this] { return connection().phase == client::Phase::live; };
    until([&] { return live() || connection().waiting.has_value(); }, timeout());
    return live();
}

protocol::Done Device::ask(const protocol::AnyMessage& command) {
    std::optional<client::Answer> answer;
    client_->send(command, [&](const client::Answer& said) { answer = said; });
    if (!until([&] { return answer.has_value(); }, timeout()))
        throw not_reached("It is not known whether this got through: attune status shows what is so.");
    if (const auto* rejected = get_if<protocol::Rejected>(&*answer)) {
        std::string sentence = with_next_step(rejected->name, harmless(rejected->message));
        if (rejected->retry_ms)
            sentence += " Wait " + duration(milliseconds(static_cast<std::int64_t>(*rejected->retry_ms))) + ".";
        throw Failure(Exit::refused, sentence);
    }
    return get<protocol::Done>(*answer);
}

const protocol::CallView* Device::card(std::uint64_t call) const {
    const auto found = held().calls.find(call);
    return found == held().calls.end() ? nullptr : &found->second;
}

protocol::CallView Device::call_of(std::optional<std::uint64_t> named,
                                   const std::function<bool(const protocol::CallView&)>& fits, const std::string& none,
                                   const std::string& command) {
    if (named) {
        if (const auto* call = card(*named)) return *call;
        throw Failure(Exit::nothing_to_do, fmt::format("There is no open call {} for this device. attune status lists "
                                                       "those that are.",
                                                       *named));
    }
    std::vector<protocol::CallView> found;
    for (const auto& call : by_urgency(held()))
        if (fits(call)) found.push_back(call);
    if (found.empty()) throw Failure(Exit::nothing_to_do, none + " attune status shows what is open.");
    if (found.size() == 1) return found.front();
    std::string which = "Several calls are open. Say which:";
    for (const auto& call : found)
        which += fmt::format("\n  attune {} {}    {}: {}", command, call.call, call_title(call), card_line(call));
    throw Failure(Exit::usage, which);
}

std::string Device::kind() const {
    if (held().welcome) return std::string(to_string(held().welcome->kind));
    return client_->identity() ? client_->identity()->kind : "";
}

}  // namespace attune::cli
