// One row of a CSV table while it is read: its cells by column, with the checks that every file shares.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hub/app/csv_table.hpp"

namespace attune::app {

/// A word as the files spell it, and what it means.
template <class T>
struct Word {
    std::string_view word;
    T value;
};

template <class T, std::size_t N>
std::optional<T> meaning(const Word<T> (&words)[N], std::string_view word) {
    for (const auto& [name, value] : words)
        if (name == word) return value;
    return std::nullopt;
}

template <class T, std::size_t N>
std::string all_words(const Word<T> (&words)[N]) {
    std::string out;
    for (const auto& entry : words)
        out += fmt::format("{}{}", out.empty() ? "" : ", ", entry.word);
    return out;
}

class Fields {
  public:
    Fields(const Table& table, const Row& row, Problems& problems) : table_(table), row_(row), problems_(problems) {}

    const std::string& text(std::string_view column) const { return cell(column).text; }
    void problem(std::string_view column, std::string_view message) const;
    /// The text, which must be there if `needed`, in at most `bytes` bytes.
    std::string limited(std::string_view column, std::size_t bytes, bool needed) const;
    /// An id that no earlier row has, in capitals or not.
    std::string new_id(std::string_view column, std::set<std::string>& seen) const;
    /// The words between spaces, each once.
    std::vector<std::string> list(std::string_view column) const;
    /// A whole number in the range; 0 where it is none, or `least` where 0 is in the range.
    std::uint64_t number(std::string_view column, std::uint64_t least, std::uint64_t most) const;

    template <class T, std::size_t N>
    std::vector<T> word_list(std::string_view column, const Word<T> (&known)[N]) const {
        std::vector<T> out;
        for (const auto& word : list(column)) {
            if (const auto value = meaning(known, word))
                out.push_back(*value);
            else
                problem(column, fmt::format("{} is not known here. Use {}.", quoted(word), all_words(known)));
        }
        return out;
    }

  private:
    const Cell& cell(std::string_view column) const;

    const Table& table_;
    const Row& row_;
    Problems& problems_;
};

}  // namespace attune::app
