// Readiness and drills in the words of the wire. Pure functions of the core's state. All of these are lists: they come with
// every Welcome and again when they change.
#pragma once

#include "hub/app/views.hpp"

namespace attune::app {

/// `only`: what this adult is asked to look at, and nothing else of the school; empty: all of it.
protocol::ReadinessView readiness_view(const core::State& state, const core::PersonId& only, const core::PersonId& mine);

/// How this device's own test of the day is.
protocol::MyReadiness my_readiness(const core::State& state, const core::Device& device);

protocol::ReadinessReport readiness_report(const core::State& state);

/// Is this adult asked to look at anything?
bool is_runner(const core::State& state, const core::PersonId& person);

}  // namespace attune::app
