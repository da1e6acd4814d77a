// Asks the addresses of the configuration, now and then, for the timetable's files, and gives the hub what is new: a whole
// and faultless timetable, or the fault. Whatever goes wrong, the last good one goes on. What is unchanged makes no event.
// On the io thread; reading files, taking calendars apart and writing the copy are a thread's of its own (decisions/0019).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hub/app/hub.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/kept_timetable.hpp"
#include "hub/net/fetch.hpp"

namespace attune::daemon {

class TimetablePoll {
  public:
    /// Keeps the references. `turn_ended` after each thing that it has the hub do.
    TimetablePoll(boost::asio::io_context& io, const Config& config, app::Hub& hub, app::Clock& clock, std::function<void()> turn_ended);
    /// Waits for the thread; what is under way is dropped.
    ~TimetablePoll();
    TimetablePoll(const TimetablePoll&) = delete;
    TimetablePoll& operator=(const TimetablePoll&) = delete;

    void start();
    void stop();

    /// What goes beside an import by hand: the newest good files of the addresses.
    std::vector<app::CsvFile> beside() const;
    /// An import by hand went well with these files of the timetable.
    void imported(std::vector<app::CsvFile> files);

    void add_metrics(std::string& out) const;

  private:
    struct Source {
        std::string name;    // of the file
        std::string where;   // as it may be logged: the host, or the path
        std::optional<net::SiteAddress> address;
        std::filesystem::path path;  // where there is no address
    };

    void wait(std::int64_t ms);
    void poll();
    void ask_next();
    void got(net::Fetched fetched);
    void all_there();
    void parsed(app::ParsedTimetable timetable, std::vector<app::CsvFile> files);
    void went_wrong(const std::string& file, std::uint64_t line, const std::string& what);
    void went_well();
    void keep(std::vector<app::CsvFile> files);
    bool must_say_so() const;

    boost::asio::io_context& io_;
    app::Hub& hub_;
    app::Clock& clock_;
    std::function<void()> turn_ended_;
    const std::filesystem::path ca_;
    const std::int64_t interval_ms_;
    KeptTimetable kept_;
    std::vector<Source> sources_;
    std::vector<app::CsvFile> copy_;     // the last good files, as they are kept
    std::vector<app::CsvFile> fetched_;  // of the poll that goes on
    std::unique_ptr<net::Fetch> fetch_;
    boost::asio::steady_timer timer_;
    bool stopped_ = false, failing_ = false;
    std::int64_t good_at_ms_ = -1;  // monotonic, of the last poll that went well
    std::uint64_t polls_ = 0, failed_ = 0;
    boost::asio::thread_pool thread_{1};  // last: it is joined before anything that it speaks to is gone
};

}  // namespace attune::daemon
