// Readiness and drills in the words of the wire. Pure functions of the core's state. All of these are lists: they come with
// every Welcome and again when they change.
#pragma once

#include "hub/app/views.hpp"

namespace attune::app {

enum class Whole : bool { no, yes };
/// `mine`: who reads it, if anybody is signed in. Not the whole: what they are asked to look at, that the school practises,
/// and nothing else.
protocol::ReadinessView readiness_view(const core::State& state, Whole whole, const core::PersonId& mine);

/// How this device's own test of the day is.
protocol::MyReadiness my_readiness(const core::State& state, const core::Device& device);

protocol::ReadinessReport readiness_report(const core::State& state);

}  // namespace attune::app
