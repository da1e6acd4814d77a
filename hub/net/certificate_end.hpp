// When the certificates in use end: for the metrics, and for who looks after the hub. Any thread; reads one file.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

namespace attune::net {

/// Of the first certificate in this PEM file. Nothing where there is none that can be read.
std::optional<std::chrono::system_clock::time_point> certificate_end(const std::filesystem::path& file);

}  // namespace attune::net
