// attune completion bash: a script made from the commands themselves, so that it can't say anything else.
#pragma once

#include <string>

#include <CLI/App.hpp>

namespace attune::cli {

/// A bash script that completes commands, options and fixed words.
std::string bash_completion(const CLI::App& app);

}  // namespace attune::cli
