// One CSV file as a table with known columns: strict quoting, line numbers that hold through quoted line breaks, text
// that is safe to show. What it means is directory_csv's business. libcsv appears here and nowhere else.
#pragma once

#include <span>
#include <string_view>

#include "hub/app/directory_csv.hpp"

namespace attune::app {

/// Collects faults up to problems_max.
class Problems {
  public:
    void add(std::string_view file, std::uint64_t line, std::string_view column, std::string_view message);
    bool full() const { return list_.size() >= problems_max; }
    /// By file and line.
    std::vector<Problem> take();

  private:
    std::vector<Problem> list_;
};

struct Cell {
    std::string text;
    std::uint64_t line = 0;  // where it begins
    bool reported = false;   // it was unfit, and is empty now
};

struct Row {
    std::uint64_t line = 0;
    std::vector<Cell> cells;  // one for each expected column, in the expected order
};

struct Table {
    std::string file;
    std::span<const std::string_view> columns;
    std::vector<Row> rows;  // those with the right number of fields
    bool usable = false;    // the header was right and every row could be read
};

/// Reads the text. Every column must be there once, in any order, and no other. Cells hold valid UTF-8 on one line,
/// without control characters or text-direction overrides; a cell that does not is reported and left empty.
Table read_table(const CsvFile& file, std::span<const std::string_view> columns, Problems& problems);

/// A value as it may be repeated in a message: shortened, in quotes, made harmless.
std::string quoted(std::string_view value);

/// What is wrong with a text that is to be shown on a screen, in a sentence; empty when nothing is. Markup is text like
/// any other: it is shown, and never read.
std::string_view unfit_to_show(std::string_view text);

}  // namespace attune::app
