// The words by which the school's files, and reports about them, call roles and kinds of places.
#pragma once

#include "hub/app/csv_fields.hpp"
#include "hub/core/model.hpp"

namespace attune::app {

inline constexpr Word<core::Role> role_words[] = {
    {"teacher", core::Role::teacher},     {"responder", core::Role::responder}, {"calm_space", core::Role::calm_space},
    {"duty_lead", core::Role::duty_lead}, {"office", core::Role::office},       {"dsl", core::Role::dsl},
    {"senco", core::Role::senco},         {"head", core::Role::head},           {"admin", core::Role::admin}};
inline constexpr Word<core::PlaceKind> kind_words[] = {{"room", core::PlaceKind::room},       {"calm_space", core::PlaceKind::calm_space},
                                          {"office", core::PlaceKind::office},   {"hall", core::PlaceKind::hall},
                                          {"outside", core::PlaceKind::outside}, {"corridor", core::PlaceKind::corridor}};

}  // namespace attune::app
