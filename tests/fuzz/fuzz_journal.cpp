// Any bytes at all where the journal is read: as the payload of an event, as a stored state, as the columns of a row, and
// in the very file. Reading ends; what can't be read is a std::runtime_error with a sentence and nothing else; what can be
// read is written back as the same bytes; and of a file that passes the check every event that was checked can be walked.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "hub/journal/event_codec.hpp"
#include "hub/journal/sqlite_journal.hpp"

namespace {

using namespace attune;
using Span = std::span<const std::byte>;

void require(bool holds) {
    if (!holds) std::abort();
}

/// True when it went well; anything but a std::runtime_error ends the run.
bool readable(const std::function<void()>& read) {
    try {
        read();
        return true;
    } catch (const std::runtime_error& error) {
        require(*error.what() != 0);
        return false;
    }
}

template <std::size_t... at>
std::vector<std::string> kinds(std::index_sequence<at...>) {
    return {std::string(journal::kind_of(core::Fact(boost::variant2::variant_alternative_t<at, core::FactKinds>{})))...};
}
const std::vector<std::string>& kinds() {
    static const auto list = kinds(std::make_index_sequence<boost::variant2::variant_size_v<core::FactKinds>>{});
    return list;
}

void try_payload(Span bytes) {
    if (bytes.empty()) return;
    const std::string& kind = kinds()[std::to_integer<std::size_t>(bytes[0]) % kinds().size()];
    core::Fact fact;
    if (!readable([&] { journal::decode(bytes.subspan(1), kind, journal::schema_of(kind), fact); })) return;
    std::vector<std::byte> first, second;
    if (!readable([&] { journal::encode(fact, first); })) return;
    core::Fact again;
    journal::decode(first, kind, journal::schema_of(kind), again);
    journal::encode(again, second);
    require(first == second);
}

void try_state(Span bytes) {
    core::State state;
    if (!readable([&] { journal::decode_state(bytes, state); })) return;
    std::vector<std::byte> written;
    readable([&] { journal::encode_state(state, written); });
}

void try_row(Span bytes) {
    const auto take = [&](std::size_t most) {
        const Span part = bytes.first(std::min(most, bytes.size()));
        bytes = bytes.subspan(part.size());
        return part;
    };
    journal::RecordView record;
    record.seq = 1;
    const Span kind = take(12);
    record.command = take(16);
    record.salt = take(16);
    record.commitment = take(32);
    record.hash = take(32);
    const Span device = take(8);
    record.kind = {reinterpret_cast<const char*>(kind.data()), kind.size()};
    record.device = {reinterpret_cast<const char*>(device.data()), device.size()};
    record.payload = bytes;
    (void)journal::check(record, 1, journal::chain_start);
    readable([&] { (void)journal::unseal(record); });
}

/// A small journal's file, made once.
const std::string& file_bytes() {
    static const std::string bytes = [] {
        const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("attune-fuzz-" + std::to_string(::getpid()));
        {
            journal::SqliteOptions options;
            options.directory = folder;
            options.post = [](std::function<void()> job) { job(); };
            journal::SqliteJournal made(std::move(options));
            core::State state;
            made.restore(state);
            made.start({[](std::uint64_t) {}, [](const std::string&) {}});
            for (std::uint64_t seq = 1; seq <= 20; ++seq) {
                core::Event event;
                event.seq = seq;
                event.fact = core::HubStarted{"fuzz"};
                made.append({event});
            }
            made.stop();
        }
        std::ifstream in(journal::journal_file(folder), std::ios::binary);
        std::string read{std::istreambuf_iterator<char>(in), {}};
        std::filesystem::remove_all(folder);
        return read;
    }();
    return bytes;
}

/// Where, and what: two bytes and one byte of length at a time.
void try_file(Span bytes) {
    std::string text = file_bytes();
    while (bytes.size() >= 3) {
        const std::size_t at = (std::to_integer<std::size_t>(bytes[0]) << 8U | std::to_integer<std::size_t>(bytes[1])) * 7 % text.size();
        const std::size_t length = std::min<std::size_t>(std::to_integer<std::size_t>(bytes[2]), bytes.size() - 3);
        for (std::size_t n = 0; n < length && at + n < text.size(); ++n) text[at + n] = static_cast<char>(bytes[3 + n]);
        bytes = bytes.subspan(3 + length);
    }
    static const std::filesystem::path file = std::filesystem::temp_directory_path() / ("attune-fuzz-" + std::to_string(::getpid()) + ".db");
    std::ofstream(file, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
    std::uint64_t verified = 0;
    readable([&] {
        const journal::VerifyReport report = journal::verify(file);
        if (report.ok()) verified = report.events;
    });
    std::uint64_t seen = 0;
    readable([&] {
        journal::for_each(file, 1, [&](const core::Event& event) {
            require(event.seq > seen);  // what a broken file has lost may be missing, and nothing comes twice
            seen = event.seq;
            return true;
        });
    });
    require(seen >= verified);  // the check has gone all the way, by the same road
    std::filesystem::remove(file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const Span bytes = std::as_bytes(std::span(data, size)).subspan(1);
    switch (data[0] % 16) {
        case 0: try_file(bytes); break;
        case 1:
        case 2: try_state(bytes); break;
        case 3:
        case 4: try_row(bytes); break;
        default: try_payload(bytes); break;
    }
    return 0;
}
