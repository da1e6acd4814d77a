// A log record is one line, whatever is in its values; a QR code has the shape that a camera expects.
#include "hub/daemon/logfmt.hpp"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "hub/daemon/qr.hpp"

using namespace attune::daemon;

TEST_CASE("plain values stay plain") {
    CHECK(logfmt("listening", {{"address", "127.0.0.1"}, {"port", "8460"}}) ==
          "event=listening address=127.0.0.1 port=8460");
}

TEST_CASE("values that need it are quoted and escaped") {
    CHECK(logfmt_value("") == "\"\"");
    CHECK(logfmt_value("two words") == "\"two words\"");
    CHECK(logfmt_value("a=b") == "\"a=b\"");
    CHECK(logfmt_value("say \"x\" \\") == R"("say \"x\" \\")");
    CHECK(logfmt_value("a\nb\r\tc") == R"("a\nb\r\tc")");
    CHECK(logfmt_value(std::string("\0\x1b[31m\x7f", 7)) == R"("\x00\x1b[31m\x7f")");
    CHECK(logfmt_value("é ok") == "\"é ok\"");
    CHECK(logfmt_value("\xFF\xC0\xAF") == R"("\xff\xc0\xaf")");
    CHECK(logfmt_value("\xED\xA0\x80") == R"("\xed\xa0\x80")");
    CHECK(logfmt_value("\xC2\x9B") == R"("\xc2\x9b")");
    CHECK(logfmt_value("\xE2\x80\xAE") == R"("\xe2\x80\xae")");
    CHECK(logfmt_value("\xE2\x82") == R"("\xe2\x82")");
}

TEST_CASE("no value can begin a second record or reach the terminal as a control character") {
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    for (const std::string& value : {all, std::string(5'000, '\n'), std::string(100'000, 'x')}) {
        const std::string record = logfmt("test", {{"value", value}});
        CHECK(record.size() < 5'000);
        CHECK(std::none_of(record.begin(), record.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
    }
}

TEST_CASE("a QR code is a square of half blocks with its quiet zone") {
    const std::string text = "http://127.0.0.1:8460/room#c=ABCDEFGHJK";
    const std::string code = qr_code(text, false);
    const auto lines = std::count(code.begin(), code.end(), '\n');
    CHECK(lines == (29 + 4 + 1) / 2);  // version 3: 29 modules, two of quiet zone on each side
    // Without colours the light modules are drawn: the first line is the quiet zone.
    const std::string first = code.substr(0, code.find('\n'));
    std::string expected;
    for (int i = 0; i < 29 + 4; ++i)
        expected += "█";
    CHECK(first == expected);
    CHECK(code.find('\x1b') == std::string::npos);
    const std::string coloured = qr_code(text, true);
    CHECK(std::count(coloured.begin(), coloured.end(), '\x1b') == 2 * lines);
    CHECK(qr_code(std::string(5'000, 'x'), false).empty());
}
