// Which facts are worth a record, and what of them may be in it.
#include "hub/daemon/event_log.hpp"

#include <string>
#include <utility>
#include <variant>

#include <boost/asio/post.hpp>
#include <boost/describe.hpp>
#include <fmt/format.h>

#include "hub/app/leader_words.hpp"
#include "hub/daemon/log.hpp"
#include "hub/journal/describe.hpp"

namespace attune::daemon {

namespace {

template <class Enum>
std::string word(Enum value) {
    return boost::describe::enum_to_string(value, "?");
}

std::string words(const std::set<core::Fault>& faults) {
    std::string out;
    for (const core::Fault fault : faults)
        out += (out.empty() ? "" : ",") + word(fault);
    return out;
}

template <class Fact, class... Facts>
constexpr bool one_of = (std::is_same_v<Fact, Facts> || ...);

}  // namespace

bool Throttle::admits(core::Ms now) {
    if (said_ == 0 || now - began_ >= span_) {
        began_ = now;
        said_ = 0;
    }
    if (said_ >= most_) {
        ++left_out_;
        return false;
    }
    ++said_;
    return true;
}

std::uint64_t Throttle::take_left_out() {
    return std::exchange(left_out_, 0);
}

void EventLog::happened(const core::Event& event) {
    using namespace core;
    visit(
        [&]<class Fact>(const Fact& fact) {
            if constexpr (one_of<Fact, SiteSet, PolicySet, PersonSet, PersonRemoved, PlaceSet, PlaceRemoved, ChildSet,
                                 ChildRemoved>)
                directory_changed();
            else if constexpr (std::is_same_v<Fact, EnrolmentOffered>)
                log(LogLevel::info, "enrolment_offered", {{"kind", word(fact.enrolment.kind)}});
            else if constexpr (std::is_same_v<Fact, DeviceEnrolled>)
                log(LogLevel::info, "enrolled",
                    {{"device", fact.device.id.value.str()}, {"kind", word(fact.device.kind)}, {"second_person", word(fact.device.approval)}});
            else if constexpr (std::is_same_v<Fact, DeviceApproved>)
                log(LogLevel::info, "approved", {{"device", fact.device.value.str()}});
            else if constexpr (one_of<Fact, DeviceRefused, EnrolmentLapsed>)
                log(LogLevel::info, "not_approved", {{"device", fact.device.value.str()}});
            else if constexpr (std::is_same_v<Fact, AccountOpened>)
                log(LogLevel::info, "account_opened");
            else if constexpr (std::is_same_v<Fact, AccountClosed>)
                log(LogLevel::info, "account_closed");
            else if constexpr (std::is_same_v<Fact, LeaderSignedIn>)
                log(LogLevel::info, "leader_signed_in", {{"browser", app::browser_name(fact.session).value.str()}});
            else if constexpr (std::is_same_v<Fact, LeaderSessionEnded>)
                log(LogLevel::info, "leader_session_ended", {{"browser", app::browser_name(fact.session).value.str()}, {"why", word(fact.why)}});
            else if constexpr (std::is_same_v<Fact, LeaderSignInFailed>)
                wrong_sign_in(fact);
            else if constexpr (std::is_same_v<Fact, DeviceRenamed>)
                log(LogLevel::info, "renamed", {{"device", fact.device.value.str()}});
            else if constexpr (std::is_same_v<Fact, DeviceRevoked>)
                log(LogLevel::info, "revoked", {{"device", fact.device.value.str()}});
            else if constexpr (std::is_same_v<Fact, PinFailed>)
                log(LogLevel::warn, "wrong_pin",
                    {{"device", fact.device.value.str()}, {"failures", fmt::format("{}", fact.failures)}});
            else if constexpr (std::is_same_v<Fact, DeviceHealthChanged>)
                log(fact.health == Health::silent ? LogLevel::warn : LogLevel::info,
                    fact.health == Health::silent ? "device_silent" : "device_heard",
                    {{"device", fact.device.value.str()}, {"health", word(fact.health)}, {"faults", words(fact.faults)}});
        },
        event.fact);
}

/// As many as strangers like: the journal has them all.
void EventLog::wrong_sign_in(const core::LeaderSignInFailed& fact) {
    if (!wrong_sign_ins_.admits(clock_.monotonic_ms())) return;
    log(LogLevel::warn, "wrong_sign_in",
        {{"failures", fmt::format("{}", fact.failures)},
         {"from_that_address", fmt::format("{}", fact.from_failures)},
         {"left_out", fmt::format("{}", wrong_sign_ins_.take_left_out())}});
}

/// An import is many facts of one step: one record when it is through.
void EventLog::directory_changed() {
    if (directory_changes_++ > 0) return;
    boost::asio::post(io_, [this] {
        log(LogLevel::info, "imported", {{"changes", fmt::format("{}", std::exchange(directory_changes_, 0))}});
    });
}

void EventLog::turned_away(const app::Peer& peer, std::string_view why) {
    if (!strangers_.admits(clock_.monotonic_ms())) return;
    log(LogLevel::warn, "turned_away",
        {{"address", peer.address},
         {"why", std::string(why)},
         {"left_out", fmt::format("{}", strangers_.take_left_out())}});
}

}  // namespace attune::daemon
