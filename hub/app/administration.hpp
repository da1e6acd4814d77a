// What the site's administrator does on the hub itself: codes for new devices, the list of devices, the site's files.
// By the local socket, or in the daemon's own process. One thread.
#pragma once

#include <deque>
#include <functional>
#include <variant>

#include "hub/app/directory_csv.hpp"
#include "hub/app/import_changes.hpp"
#include "hub/app/session.hpp"
#include "hub/app/timetable_csv.hpp"

namespace attune::app {

struct ImportResult {
    std::vector<Change> changes;
    bool applied = false;
    std::optional<protocol::Error> error;  // why it was not applied although it was asked for
    std::uint64_t seq = 0;                 // of its last event
};

struct OfferedCode {
    std::string code;
    core::Ms expires_at = 0;
};

class Administration {
  public:
    /// `native_link` as HubOptions has it; it may be empty.
    Administration(Engine& engine, Sessions& sessions, Random& random,
                   std::function<std::string(const std::string& code)> native_link, std::function<std::vector<CsvFile>()> timetable_beside = {},
                   std::function<void(std::vector<CsvFile>)> timetable_imported = {})
        : engine_(engine), sessions_(sessions), random_(random), native_link_(std::move(native_link)),
          timetable_beside_(std::move(timetable_beside)), timetable_imported_(std::move(timetable_imported)) {}

    void make_code(Session& session, const protocol::MakeEnrolmentCode& message, const protocol::Id& id);
    void list_devices(Session& session, const protocol::Id& id);
    void import_files(Session& session, const protocol::ImportDirectory& message, const protocol::Id& id);

    /// What the directory would change, and, with `apply`, changes it. All or nothing.
    /// The timetable, where one is given, follows in the same turn.
    ImportResult import(const core::Directory& directory, bool apply, const core::CommandId& id = {},
                        const ParsedTimetable* timetable = nullptr);
    /// A one-time code, good for ten minutes. It may be shown when `engine.durable_seq()` has reached the newest seq.
    std::variant<OfferedCode, protocol::Error> offer_code(core::DeviceKind kind, const core::PlaceId& place,
                                                          const core::PersonId& person);

  private:
    std::variant<OfferedCode, protocol::Error> offer_code(core::DeviceKind kind, const core::PlaceId& place,
                                                          const core::PersonId& person, const core::Principal& by,
                                                          const core::CommandId& id, bool corridor = false);

    struct Given {
        core::CommandId id;
        core::DeviceId browser;  // of a leader; empty for the local socket
        OfferedCode offered;
    };

    Engine& engine_;
    Sessions& sessions_;
    Random& random_;
    std::function<std::string(const std::string& code)> native_link_;
    std::function<std::vector<CsvFile>()> timetable_beside_;
    std::function<void(std::vector<CsvFile>)> timetable_imported_;
    std::deque<Given> given_;  // the newest answers, for a command that is sent again
};

}  // namespace attune::app
