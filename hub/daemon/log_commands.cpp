// attuned log …: reads the journal beside a running hub. Nothing here writes to it.
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/core/sight.hpp"
#include "hub/core/step.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/files.hpp"
#include "hub/daemon/json.hpp"
#include "hub/daemon/key_file.hpp"
#include "hub/journal/chain.hpp"
#include "hub/journal/checkpoint.hpp"
#include "hub/journal/file.hpp"
#include "hub/journal/merkle.hpp"
#include "hub/journal/verify.hpp"

namespace attune::daemon {

namespace {

std::filesystem::path existing_journal(const Config& config) {
    auto file = journal::journal_file(config.state_dir);
    if (!is_there(file))
        throw std::runtime_error(fmt::format("There is no journal in {}. Name the hub's state folder with --state.",
                                             config.state_dir.string()));
    return file;
}

/// How far a long walk is, on one line of a terminal that is being looked at: twice a second, and nothing for a short one.
class Walk {
  public:
    void at(std::uint64_t event, std::uint64_t last) {
        const auto now = std::chrono::steady_clock::now();
        if (!watched_ || now < next_) return;
        next_ = now + std::chrono::milliseconds(500);
        shown_ = true;
        fmt::print(stderr, "\r{} of {} events", event, last);
        std::fflush(stderr);
    }
    ~Walk() {
        if (shown_) std::fputs("\r\033[K", stderr);  // the line is free for what follows
    }

  private:
    const bool watched_ = ::isatty(STDERR_FILENO) == 1;
    std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
    bool shown_ = false;
};

/// Made when it is first asked for. Never in place of one that can't be read: what was signed before would prove nothing.
journal::LogKey log_key(const Config& config) {
    if (::sodium_init() < 0) throw std::runtime_error("There is no source of randomness. Start this machine anew.");
    const auto name = config.log_key();
    if (auto seed = load_key(name)) return journal::LogKey(*seed);
    if (is_there(name)) throw std::runtime_error(fmt::format("{} is no key that only this user may read. Make it 0600, or put the right one in its place.", name.string()));
    Key seed;
    ::randombytes_buf(seed.data(), seed.size());
    if (!keep_key(name, seed)) throw std::runtime_error(fmt::format("{} cannot be written. {}", name.string(), user_to_be(config.state_dir)));
    // Root may ask first; the file is the hub's own.
    struct stat folder{};
    if (::geteuid() == 0 && ::stat(config.state_dir.c_str(), &folder) == 0 && ::chown(name.c_str(), folder.st_uid, folder.st_gid) != 0)
        throw std::runtime_error(fmt::format("{} cannot be given to the hub's user.", name.string()));
    return journal::LogKey(seed);
}

/// By the public key that is given, else by this hub's own.
journal::Checkpoint read_checkpoint(const Config& config, const CheckpointOptions& options) {
    const std::string note = read_file(options.file, 65'536);
    try {
        return journal::open_checkpoint(note, options.key.empty() ? log_key(config).verifier() : options.key);
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(fmt::format("{}: {}", options.file.string(), error.what()));
    }
}

/// A reader that has gone (`| head`) ends the walk.
bool print_line(const std::string& line) {
    return std::puts(line.c_str()) >= 0 && std::ferror(stdout) == 0;
}

}  // namespace

int verify_log(const Config& config, const CheckpointOptions& against, bool json) {
    const auto file = existing_journal(config);
    const std::optional<journal::Checkpoint> checkpoint = against.file.empty() ? std::nullopt : std::optional(read_checkpoint(config, against));
    const auto report = [&] {
        Walk walk;
        const auto progress = [&](std::uint64_t checked, std::uint64_t events) {
            walk.at(checked, events);
            return true;
        };
        return checkpoint ? journal::holds_against(file, *checkpoint, progress) : journal::verify(file, progress);
    }();
    if (json)
        fmt::print("{{\"ok\":{},\"events\":{},\"head\":\"{}\",\"first_bad_seq\":{},\"what\":{}}}\n", report.ok(),
                   report.events, journal::hex(report.head_hash),
                   report.first_bad_seq ? fmt::format("{}", *report.first_bad_seq) : "null", json_text(report.what));
    else
        fmt::print("{}{}\n", report.sentence(),
                   checkpoint && report.ok() ? fmt::format(" The first {} are those of the checkpoint.", checkpoint->size) : "");
    return report.ok() ? 0 : 1;
}

int print_checkpoint(const Config& config) {
    const auto file = existing_journal(config);
    const journal::LogKey key = log_key(config);
    journal::MerkleEdge edge;
    const auto report = [&] {
        Walk walk;
        return journal::verify(
            file,
            [&](std::uint64_t checked, std::uint64_t events) {
                walk.at(checked, events);
                return true;
            },
            [&](const journal::Hash& hash) { edge.append(hash); });
    }();
    // Whoever signed what is wrong would make it right.
    if (!report.ok()) throw std::runtime_error(report.sentence());
    // As it is: it ends with its own line break.
    return std::fputs(journal::signed_checkpoint(edge.size(), edge.root(), key).c_str(), stdout) >= 0 && std::fflush(stdout) == 0 ? 0 : 1;
}

int print_log_key(const Config& config) {
    existing_journal(config);
    return print_line(log_key(config).verifier()) ? 0 : 1;
}

int tail_log(const Config& config, std::uint64_t events, bool json) {
    const auto file = existing_journal(config);
    const std::uint64_t last = journal::last_seq(*journal::open_for_reading(file));
    journal::for_each(file, last > events ? last - events + 1 : 1, [&](const core::Event& event) {
        return print_line(json ? event_json(event, Children::withheld) : event_line(event));
    });
    return 0;
}

int show_event(const Config& config, std::uint64_t seq, Children children) {
    bool found = false;
    journal::for_each(existing_journal(config), seq, [&](const core::Event& event) {
        found = event.seq == seq;
        if (found) print_line(event_json(event, children));
        return false;
    });
    if (!found) throw std::runtime_error(fmt::format("There is no event {}. attuned log tail shows the newest ones.", seq));
    return 0;
}

int show_sights(const Config& config, const std::string& device, Children children, bool json) {
    core::State state;
    core::Sights sights({device});
    journal::for_each(existing_journal(config), 1, [&](const core::Event& event) {
        core::apply(state, event);
        sights.happened(state, event);
        return true;
    });
    if (!sights.known()) throw std::runtime_error(fmt::format("There never was a device {:.40}. attuned devices lists those that are in.", device));
    for (const auto& [call, sight] : sights.calls()) {
        std::string seen, people;
        for (const core::ChildId& child : sight.children)
            seen += (seen.empty() ? "" : " ") + (children == Children::shown ? child.value.str() : std::string("withheld"));
        for (const core::PersonId& person : sight.people)
            people += (people.empty() ? "" : " ") + person.value.str();
        const bool more =
            json ? print_line(fmt::format(R"({{"call":{},"place":{},"level":{},"from_seq":{},"to_seq":{},"from":"{}","to":"{}","signed_in":{},"child":{}}})",
                                          call.value, json_text(sight.place.value), sight.level, sight.first_seq, sight.last_seq,
                                          utc(sight.first_wall), utc(sight.last_wall), json_text(people), json_text(seen)))
                 : print_line(fmt::format("call {:<8} {:<16} level {}  {} to {}  {:<16} {}", call.value, sight.place.value, sight.level,
                                          utc(sight.first_wall), utc(sight.last_wall), people,
                                          seen.empty() ? "nothing of a child" : "child: " + seen));
        if (!more) return 1;
    }
    if (sights.calls().empty() && !json) fmt::print("No call was ever for {}.\n", device);
    return 0;
}

int export_log(const Config& config, std::uint64_t from_seq, Children children) {
    const auto file = existing_journal(config);
    const std::uint64_t last = journal::last_seq(*journal::open_for_reading(file));
    const bool to_terminal = ::isatty(STDOUT_FILENO) == 1;  // where the lines themselves tell how far it is
    Walk walk;
    journal::for_each(file, from_seq == 0 ? 1 : from_seq, [&](const core::Event& event) {
        if (!to_terminal) walk.at(event.seq, last);
        return print_line(event_json(event, children));
    });
    return std::ferror(stdout) == 0 ? 0 : 1;
}

}  // namespace attune::daemon
