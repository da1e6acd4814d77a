// The checks of a single field. Each says what to do, and leaves the reading to go on.
#include "hub/app/csv_fields.hpp"

#include <algorithm>
#include <charconv>

namespace attune::app {

namespace {

constexpr std::size_t id_bytes_max = 32;
constexpr std::size_t list_words_max = 32;

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= id_bytes_max && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
               c == '-';
    });
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

const Cell& Fields::cell(std::string_view column) const {
    const auto found = std::find(table_.columns.begin(), table_.columns.end(), column);
    return row_.cells.at(static_cast<std::size_t>(found - table_.columns.begin()));
}

void Fields::problem(std::string_view column, std::string_view message) const {
    problems_.add(table_.file, column.empty() ? row_.line : cell(column).line, column, message);
}

std::string Fields::limited(std::string_view column, std::size_t bytes, bool needed) const {
    const Cell& found = cell(column);
    if (needed && found.text.empty() && !found.reported) problem(column, "This field may not be empty.");
    if (found.text.size() > bytes)
        problem(column, fmt::format("This is {} bytes long and {} fit. Shorten it.", found.text.size(), bytes));
    return found.text;
}

std::string Fields::new_id(std::string_view column, std::set<std::string>& seen) const {
    const Cell& found = cell(column);
    if (found.reported) return {};
    if (!is_id(found.text))
        problem(column, "An id is 1 to 32 of a-z A-Z 0-9 _ . - without a space.");
    else if (!seen.insert(lower(found.text)).second)
        problem(column, fmt::format("The id {} is there twice. Give each row an id of its own.", quoted(found.text)));
    return found.text;
}

std::vector<std::string> Fields::list(std::string_view column) const {
    const Cell& found = cell(column);
    std::vector<std::string> words;
    for (std::size_t at = 0; (at = found.text.find_first_not_of(' ', at)) != std::string::npos;) {
        const std::size_t end = std::min(found.text.find(' ', at), found.text.size());
        words.push_back(found.text.substr(at, end - at));
        at = end;
    }
    if (words.empty() && !found.reported) problem(column, "At least one word is needed here.");
    if (words.size() > list_words_max) {
        problem(column, fmt::format("There are {} words and {} fit.", words.size(), list_words_max));
        words.resize(list_words_max);
    }
    std::set<std::string_view> seen;
    for (const auto& word : words)
        if (!seen.insert(word).second) problem(column, fmt::format("{} is there twice. Keep one.", quoted(word)));
    return words;
}

std::uint64_t Fields::number(std::string_view column, std::uint64_t least, std::uint64_t most) const {
    const Cell& found = cell(column);
    const auto value = whole_number(found.text);
    if (value && *value >= least && *value <= most) return *value;
    if (!found.reported)
        problem(column, fmt::format("{} is not a whole number from {} to {}.", quoted(found.text), least, most));
    return 0;
}

}  // namespace attune::app
