// The site's directory as the school keeps it: a few CSV files. parse_directory() reads all of them or names, for each
// fault, the file, the line, the column and what to do. Pure: no clock, no disk; any thread. Never throws on bad input.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/core/model.hpp"

namespace attune::app {

struct CsvFile {
    std::string name;  // "staff.csv", without a folder
    std::string text;  // the file's bytes
};

/// One fault, for people. Fits the wire's ImportProblem: file at most 64, column 32, message 512 bytes of UTF-8
/// without control characters.
struct Problem {
    std::string file;
    std::uint64_t line = 0;  // from 1; 0 when the whole file is meant
    std::string column;      // its name; empty when the row or the file is meant
    std::string message;     // one or two sentences that say what to do
    bool operator==(const Problem&) const = default;
};

struct ParsedDirectory {
    core::Directory directory;      // complete only when there are no problems
    std::vector<Problem> problems;  // by file and line, at most problems_max; the last then says that there are more
};

inline constexpr std::size_t csv_file_bytes_max = 4'194'304;
inline constexpr std::size_t problems_max = 200;
inline constexpr std::size_t places_max = 2'000;
inline constexpr std::size_t staff_max = 1'000;
inline constexpr std::size_t children_max = 2'000;
inline constexpr std::size_t children_of_a_place_max = 128;

/// Reads site.csv, places.csv, staff.csv, children.csv and, where given, tiers.csv and deadlines.csv. policy.version
/// stays 0: the core counts.
ParsedDirectory parse_directory(const std::vector<CsvFile>& files);

/// Tiers and deadlines of a site that says nothing about them.
core::Policy default_policy();

}  // namespace attune::app
