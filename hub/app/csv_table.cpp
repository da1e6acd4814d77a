// libcsv behind read_table(). The text is fed line by line, so that each callback knows the line it belongs to: libcsv
// itself counts nothing.
#include "hub/app/csv_table.hpp"

#include <csv.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include <fmt/format.h>

namespace attune::app {

namespace {

constexpr std::size_t rows_max = 20'000;  // more than any limit of directory_csv, and small enough to hold
constexpr std::size_t fields_max = 64;

/// The next code point, or -1 where the bytes are not UTF-8 (overlong forms, surrogates and beyond U+10FFFF too).
std::int32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at++);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4 || at + static_cast<std::size_t>(more) > text.size()) return -1;
    std::int32_t point = first & (0x3F >> more);
    for (int i = 0; i < more; ++i) {
        const unsigned char next = byte(at++);
        if ((next & 0xC0) != 0x80) return -1;
        point = (point << 6) | (next & 0x3F);
    }
    const std::int32_t least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return -1;
    return point;
}

}  // namespace

std::string_view unfit_to_show(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::int32_t point = next_code_point(text, at);
        if (point < 0) return "This is not valid UTF-8. Save the file as \"CSV UTF-8\".";
        if (point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029)
            return "A line break stands inside the field. Write it on one line.";
        if (point < 0x20 || (point >= 0x7F && point < 0xA0))
            return "A control character stands in the field. Delete it, or type the field again.";
        if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF ||
            point == 0x200B)
            return "An invisible character that changes how text reads stands in the field. Type the field again.";
    }
    return {};
}

namespace {

/// At most `bytes` bytes of the text, cut between characters, with what is unfit to be shown replaced.
std::string harmless(std::string_view text, std::size_t bytes) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const std::int32_t point = next_code_point(text, at);
        const std::string_view piece = text.substr(from, at - from);
        const std::string_view shown = point < 0 || !unfit_to_show(piece).empty() ? std::string_view("?") : piece;
        if (out.size() + shown.size() > bytes) break;
        out += shown;
    }
    return out;
}

/// The rows of a text as libcsv sees them, each field with its line.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {
        csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
        read();
        csv_free(&parser_);
    }

    std::vector<Row> rows;
    std::string fault;  // why reading ended early; empty when it did not
    std::uint64_t fault_line = 0;
    std::optional<std::size_t> fault_field;  // its place in the row, from 0, where it is known

  private:
    void read() {
        for (std::size_t at = 0; at < text_.size() && fault.empty();) {
            const std::size_t end = std::min(text_.find('\n', at), text_.size() - 1) + 1;
            feed(text_.substr(at, end - at));
            at = end;
        }
        if (fault.empty() && csv_fini(&parser_, &Reader::on_field, &Reader::on_row, this) != 0)
            fail(row_line_, "A double quote opens a field here and is never closed.");
    }

    void feed(std::string_view line) {
        ++line_;
        // A carriage return alone would be a line to libcsv and none to an editor.
        const std::size_t lone = line.find('\r');
        if (lone != std::string_view::npos && lone + 2 < line.size()) {
            fail(line_, "A carriage return stands here without a line feed. Save the file with ordinary line ends.");
            return;
        }
        const bool blank = line.find_first_not_of(" \t\r\n") == std::string_view::npos;
        if (!row_open_ && !blank) {
            row_open_ = true;
            row_line_ = line_;
            field_line_ = line_;
        }
        const std::size_t taken =
            csv_parse(&parser_, line.data(), line.size(), &Reader::on_field, &Reader::on_row, this);
        if (taken != line.size())
            fail(line_,
                 "A double quote stands where none may. Put the whole field into double quotes, and write a "
                 "quote inside it twice.");
    }

    static void on_field(void* bytes, std::size_t size, void* self) {
        auto& reader = *static_cast<Reader*>(self);
        auto& cells = reader.current_.cells;
        if (cells.size() < fields_max)
            cells.push_back({std::string(static_cast<const char*>(bytes), size), reader.field_line_});
        else
            reader.fail(reader.line_, "The row has far too many fields.");
        reader.field_line_ = reader.line_;
    }

    static void on_row(int, void* self) { static_cast<Reader*>(self)->end_row(); }

    void end_row() {
        current_.line = row_line_;
        if (rows.size() < rows_max)
            rows.push_back(std::move(current_));
        else
            fail(row_line_, fmt::format("The file has more than {} rows. Is it the right one?", rows_max));
        current_ = {};
        row_open_ = false;
    }

    void fail(std::uint64_t line, std::string message) {
        if (!fault.empty()) return;
        fault = std::move(message);
        fault_line = line;
        if (row_open_) fault_field = current_.cells.size();
    }

    std::string_view text_;
    csv_parser parser_{};
    Row current_;
    std::uint64_t line_ = 0, row_line_ = 0, field_line_ = 0;
    bool row_open_ = false;
};

std::string listed(std::span<const std::string_view> columns) {
    return fmt::format("{}", fmt::join(columns, ","));
}

/// For each expected column its place in the file's rows; empty when the header is not right.
std::vector<std::size_t> match_header(const Table& table, const Row& header, Problems& problems) {
    const auto problem = [&](std::string_view column, const std::string& message) {
        problems.add(table.file, header.line, column, message);
    };
    if (header.cells.size() == 1 && header.cells[0].text.find_first_of(";\t") != std::string::npos) {
        problem("", "The fields are not separated by commas. Save the file as \"CSV UTF-8 (comma delimited)\".");
        return {};
    }
    std::vector<std::size_t> at(table.columns.size(), header.cells.size());
    bool right = true;
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
        const std::string& name = header.cells[i].text;
        const auto found = std::find(table.columns.begin(), table.columns.end(), name);
        if (found == table.columns.end()) {
            problem(name, fmt::format("{} is not a column of {}. The columns are {}.", quoted(name), table.file,
                                      listed(table.columns)));
            right = false;
            continue;
        }
        auto& slot = at[static_cast<std::size_t>(found - table.columns.begin())];
        if (slot != header.cells.size()) {
            problem(name, fmt::format("The column {} is there twice. Delete one of them.", name));
            right = false;
        }
        slot = i;
    }
    for (std::size_t i = 0; i < at.size(); ++i)
        if (at[i] == header.cells.size()) {
            problem(table.columns[i], fmt::format("The column {} is missing. The first line is {}", table.columns[i],
                                                  listed(table.columns)));
            right = false;
        }
    return right ? at : std::vector<std::size_t>{};
}

Row arranged(const Table& table, Row&& row, const std::vector<std::size_t>& at, Problems& problems) {
    Row out{row.line, {}};
    for (std::size_t i = 0; i < at.size(); ++i) {
        Cell cell = std::move(row.cells[at[i]]);
        if (const auto why = unfit_to_show(cell.text); !why.empty()) {
            problems.add(table.file, cell.line, table.columns[i], why);
            cell.text.clear();
            cell.reported = true;
        }
        // libcsv trims what is outside quotes; a name in quotes is no different.
        const auto first = cell.text.find_first_not_of(' ');
        cell.text =
            first == std::string::npos ? "" : cell.text.substr(first, cell.text.find_last_not_of(' ') - first + 1);
        out.cells.push_back(std::move(cell));
    }
    return out;
}

/// The name of the column at this place of the header, or of the last one; empty where that is no column of the table.
std::string_view column_at(const Table& table, const std::vector<Row>& rows, std::optional<std::size_t> field) {
    if (!field || rows.empty() || rows[0].cells.empty()) return "";
    const auto& header = rows[0].cells;
    const std::string& name = header[std::min(*field, header.size() - 1)].text;
    const auto found = std::find(table.columns.begin(), table.columns.end(), name);
    return found == table.columns.end() ? std::string_view() : *found;
}

}  // namespace

void Problems::add(std::string_view file, std::uint64_t line, std::string_view column, std::string_view message) {
    if (full()) return;
    if (list_.size() + 1 == problems_max)
        list_.push_back({harmless(file, 64), 0, "", "There are more problems than are shown. Mend these first."});
    else
        list_.push_back({harmless(file, 64), line, harmless(column, 32), harmless(message, 512)});
}

std::vector<Problem> Problems::take() {
    const auto end = full() ? list_.end() - 1 : list_.end();  // the last one says that there are more
    std::sort(list_.begin(), end, [](const Problem& a, const Problem& b) {
        return std::tie(a.file, a.line, a.column, a.message) < std::tie(b.file, b.line, b.column, b.message);
    });
    return std::move(list_);
}

std::string quoted(std::string_view value) {
    const std::string shown = harmless(value, 40);
    return fmt::format("\"{}{}\"", shown, shown.size() < value.size() ? "…" : "");
}

Table read_table(const CsvFile& file, std::span<const std::string_view> columns, Problems& problems) {
    Table table{file.name, columns, {}, false};
    std::string_view text = file.text;
    if (text.size() > csv_file_bytes_max) {
        problems.add(file.name, 0, "", "The file is over 4 MiB. Is it the right one?");
        return table;
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        problems.add(file.name, 0, "", "The file is UTF-16. Save it as \"CSV UTF-8\".");
        return table;
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Reader reader(text);
    if (reader.rows.empty() && reader.fault.empty()) {
        problems.add(file.name, 0, "", fmt::format("The file is empty. Its first line is {}", listed(columns)));
        return table;
    }
    const auto at = reader.rows.empty() ? std::vector<std::size_t>{} : match_header(table, reader.rows[0], problems);
    if (!reader.fault.empty()) problems.add(file.name, reader.fault_line, column_at(table, reader.rows, reader.fault_field), reader.fault);
    if (at.empty()) return table;
    const std::size_t wanted = reader.rows[0].cells.size();
    for (std::size_t i = 1; i < reader.rows.size(); ++i) {
        Row& row = reader.rows[i];
        if (row.cells.size() == wanted)
            table.rows.push_back(arranged(table, std::move(row), at, problems));
        else
            problems.add(file.name, row.line, column_at(table, reader.rows, row.cells.size()),
                         fmt::format("The row has {} fields and not {}. A field with a comma in it needs double quotes "
                                     "around it; an empty field keeps its comma.",
                                     row.cells.size(), wanted));
    }
    // With a row left out, what refers to it must not be reported as well.
    table.usable = reader.fault.empty() && table.rows.size() + 1 == reader.rows.size();
    return table;
}

}  // namespace attune::app
