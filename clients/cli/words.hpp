// Every sentence that attune says about a call, a person or a device: the words of the pages, so that all tell the same
// truth. Pure; what came from the hub is made harmless for a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clients/native/client.hpp"

namespace attune::cli {

namespace protocol = attune::protocol;

/// Support please, Support now, Everyone available.
std::string_view level_name(std::uint64_t level);
/// The level of please, now, everyone, 1, 2 or 3.
std::uint64_t level_of(std::string_view word);
/// 40 s, 2 min 10 s, 1 h 5 min.
std::string duration(std::chrono::milliseconds time);
/// 10:42 in the terminal's time zone, with seconds where wanted.
std::string clock_text(std::chrono::system_clock::time_point at, bool seconds = false);
std::string clock_text(std::int64_t wall_ms, bool seconds = false);
/// "Sam, Alex and 2 more".
std::string names(const std::vector<std::string>& list, std::size_t most = 3);

/// What the one who raised it is told: "Received · ringing 2", "Sam is coming".
std::string raiser_line(const protocol::CallView& call);
/// What everybody else is told of a card: "asks you to come", "Sam is coming".
std::string card_line(const protocol::CallView& call);
/// Why a card went.
std::string gone_line(const protocol::CallGone& gone, bool raiser);
/// "Year 2 Finch, Support now", with Drill before it.
std::string call_title(const protocol::CallView& call);

std::string_view note_name(protocol::CallNote note);
std::string_view state_name(protocol::AvailabilityState state);
/// "Silent", "Could not ring: sound is off". What may fail later, and rings now, is only to keep an eye on.
std::string health_text(const protocol::DeviceView& device);
/// The hub's sentence of a refusal, and what a person at this device can do next where it does not say so itself.
std::string with_next_step(std::string_view error, const std::string& sentence);
/// The same for who administers the hub.
std::string with_next_step_on_hub(std::string_view error, const std::string& sentence);

std::string_view kind_name(std::string_view kind);

/// "Cannot reach the hub since 10:42." and what is known of why.
std::string lost_line(const client::Connection& connection, const std::string& address);
/// A second person must approve this device, until when, and how else to get help meanwhile.
std::string waiting_line(const protocol::Waiting& waiting);
/// How else to get help, as the hub said last; empty when it never has.
std::string help_line(const std::optional<client::Identity>& identity);

}  // namespace attune::cli
