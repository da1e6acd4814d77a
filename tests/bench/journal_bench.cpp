// Measures the journal alone: what a commit of one event costs beside a bare fdatasync in the same directory, how many
// events a second the commit thread stores, what encoding and hashing cost, and how long a restart and a check take.
//   journal_bench DIRECTORY [EVENTS]
// The directory is made, used and removed. Prints a table; it judges nothing.
#include <fcntl.h>
#include <fmt/core.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/journal/event_codec.hpp"
#include "hub/journal/sqlite_journal.hpp"

namespace {

using namespace attune;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

double since_us(Clock::time_point start) { return std::chrono::duration<double, std::micro>(Clock::now() - start).count(); }

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double quantile(std::vector<double> values, double at) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(at * static_cast<double>(values.size() - 1))];
}

/// A call's raising: 8 fields, about 200 bytes of payload and 60 of header.
core::Event event_at(std::uint64_t seq) {
    core::Event event;
    event.seq = seq;
    event.at = event.wall = 1'790'000'000'000 + static_cast<core::Ms>(seq);
    event.command.fill(static_cast<std::byte>(seq));
    event.device.value = "room-terminal-12";
    event.fact = core::CallOffered{{seq},
                                   2,
                                   {{"person-01"}, {"person-02"}, {"person-03"}, {"person-04"}, {"person-05"}},
                                   event.at + 3'000,
                                   event.at + 15'000,
                                   event.at + 10'000};
    return event;
}

/// Stands for the engine's thread: what is posted runs at once, on the journal's thread.
struct Heard {
    std::mutex mutex;
    std::condition_variable changed;
    std::uint64_t seq = 0;
    void wait_for(std::uint64_t wanted) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return seq >= wanted; });
    }
};

std::unique_ptr<journal::SqliteJournal> open(const fs::path& directory, Heard& heard, core::State& state) {
    journal::SqliteOptions options;
    options.directory = directory;
    options.maker = "bench";
    options.post = [](std::function<void()> run) { run(); };
    auto journal = std::make_unique<journal::SqliteJournal>(std::move(options));
    journal->restore(state);
    journal->start({[&heard](std::uint64_t seq) {
                        const std::lock_guard lock(heard.mutex);
                        heard.seq = seq;
                        heard.changed.notify_all();
                    },
                    [](const std::string& reason) {
                        fmt::print(stderr, "{}\n", reason);
                        std::abort();
                    }});
    return journal;
}

std::vector<double> bare_syncs(const fs::path& directory, int count) {
    const fs::path file = directory / "bare.bin";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const std::string bytes(256, 'x');
    std::vector<double> times;
    for (int turn = 0; turn < count; ++turn) {
        const auto start = Clock::now();
        if (::write(descriptor, bytes.data(), bytes.size()) < 0 || ::fdatasync(descriptor) != 0) std::abort();
        times.push_back(since_us(start));
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ::close(descriptor);
    fs::remove(file);
    return times;
}

void one_by_one(const fs::path& directory, Heard& heard, journal::SqliteJournal& journal, std::uint64_t& seq) {
    std::vector<double> bare = bare_syncs(directory, 300);
    std::vector<double> commits;
    for (int turn = 0; turn < 600; ++turn) {
        const auto start = Clock::now();
        journal.append({event_at(++seq)});
        heard.wait_for(seq);
        commits.push_back(since_us(start));
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    const std::vector<double> after = bare_syncs(directory, 300);
    bare.insert(bare.end(), after.begin(), after.end());
    for (const double at : {0.5, 0.9, 0.99}) {
        fmt::print("one event, durable, with two thread hops: p{:<3.0f} {:7.0f} us; bare fdatasync of 256 bytes {:7.0f} us; ratio {:.2f}\n",
                   at * 100, quantile(commits, at), quantile(bare, at), quantile(commits, at) / quantile(bare, at));
    }
}

/// `in_flight` events at most wait for the disk; each step has two events.
void stream(Heard& heard, journal::SqliteJournal& journal, std::uint64_t& seq, std::uint64_t events, std::uint64_t in_flight) {
    const std::uint64_t first = seq;
    const double cpu = cpu_seconds();
    const auto start = Clock::now();
    while (seq < first + events) {
        std::vector<core::Event> step{event_at(seq + 1), event_at(seq + 2)};
        seq += 2;
        journal.append(std::move(step));
        if (seq > in_flight) heard.wait_for(seq - in_flight);
    }
    heard.wait_for(seq);
    const double seconds = since_us(start) * 1e-6;
    fmt::print("{:>6} in flight: {:8.0f} events/s; {:.2f} us of processor each, appending included\n", in_flight,
               static_cast<double>(events) / seconds, (cpu_seconds() - cpu) * 1e6 / static_cast<double>(events));
}

void sealing() {
    journal::Record record;
    journal::Hash hash = journal::chain_start;
    constexpr int count = 200'000;
    const core::Event event = event_at(77);
    const double cpu = cpu_seconds();
    for (int turn = 0; turn < count; ++turn) {
        journal::seal(event, {}, hash, record);
        hash = record.hash;
    }
    const double each = (cpu_seconds() - cpu) / count;
    fmt::print("encode and hash: {:.2f} us an event ({} + {} bytes); 30,000 a second take {:.1f} % of a core\n", each * 1e6,
               record.payload.size(), journal::header_bytes(record.view()).size(), each * 30'000 * 100);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "journal_bench DIRECTORY [EVENTS]\n");
        return 2;
    }
    const fs::path directory = argv[1];
    const std::uint64_t total = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    if (fs::exists(directory)) {
        fmt::print(stderr, "{} exists already; name a directory that can be made and removed\n", directory.string());
        return 2;
    }
    sealing();
    Heard heard;
    core::State state;
    auto journal = open(directory, heard, state);
    std::uint64_t seq = 0;
    one_by_one(directory, heard, *journal, seq);
    for (const std::uint64_t in_flight : {64U, 200U, 1'000U, 10'000U}) stream(heard, *journal, seq, 200'000, in_flight);
    if (seq < total) stream(heard, *journal, seq, total - seq, 10'000);
    auto start = Clock::now();
    journal->stop();
    journal.reset();
    fmt::print("stop: {:.0f} ms; file of {} events: {} MB\n", since_us(start) * 1e-3, seq,
               fs::file_size(journal::journal_file(directory)) >> 20);
    start = Clock::now();
    journal = open(directory, heard, state);
    fmt::print("replay of {} events without a snapshot: {:.2f} s\n", seq, since_us(start) * 1e-6);
    state.last_seq = seq;
    journal->offer_snapshot(state);
    journal->stop();
    journal.reset();
    start = Clock::now();
    journal = open(directory, heard, state);
    fmt::print("start with a snapshot: {:.1f} ms\n", since_us(start) * 1e-3);
    journal->stop();
    journal.reset();
    start = Clock::now();
    const journal::VerifyReport report = journal::verify(journal::journal_file(directory));
    fmt::print("verify: {:.2f} s; {}\n", since_us(start) * 1e-6, report.sentence());
    fs::remove_all(directory);
    return report.ok() ? 0 : 1;
}
