// The objects that attune prints for calls with --json: one shape for each, wherever it comes from.
#pragma once

#include <string>

#include <fmt/format.h>

#include "clients/cli/json.hpp"
#include "clients/cli/words.hpp"

namespace attune::cli {

/// The card's own fields, and the line that a person is told.
inline std::string card_fields(const protocol::CallView& call) {
    const bool raiser = call.relation == protocol::Relation::raiser;
    return fmt::format("{},\"line\":{}", json_fields(call), json_text(raiser ? raiser_line(call) : card_line(call)));
}

inline std::string gone_fields(const protocol::CallGone& gone, bool raiser) {
    return fmt::format("{},\"line\":{}", json_fields(gone), json_text(gone_line(gone, raiser)));
}

}  // namespace attune::cli
