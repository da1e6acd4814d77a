// attune completion SHELL: a few lines for each shell, which ask attune itself what may come next. What it answers is
// read from the commands themselves, so that it can't say anything else. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <CLI/App.hpp>

namespace attune::cli {

/// What may stand in the place of the last of `words`, which is begun or empty: commands, options, and the values of
/// those that have a fixed set. `words` are those after the program's name. Empty where nothing is fixed.
std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words);

/// The lines for bash, zsh or fish.
std::string completion_script(std::string_view shell);

}  // namespace attune::cli
