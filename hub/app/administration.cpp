// Codes, devices and imports.
#include "hub/app/administration.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hub/app/checkins_csv.hpp"
#include "hub/app/leaders.hpp"
#include "hub/app/secrets.hpp"

namespace attune::app {

namespace {

using protocol::Error;

constexpr std::size_t codes_kept_max = 64;
constexpr std::size_t devices_listed_max = 256, changes_listed_max = 256;
constexpr std::size_t notes_listed_max = 8;
constexpr core::Ms code_valid_ms = 600'000;

const core::Principal local{core::Principal::Kind::local};

/// Files that may be left out, and what is used then.
std::vector<std::string> notes_on(const std::vector<CsvFile>& files) {
    std::vector<std::string> notes;
    for (const auto& [name, of] : {std::pair{"tiers.csv", "tiers"}, {"deadlines.csv", "deadlines"}})
        if (std::ranges::find(files, name, &CsvFile::name) == files.end())
            notes.push_back(fmt::format("There is no {}: the {} that Attune brings along are used.", name, of));
    if (std::ranges::none_of(files, [](const CsvFile& file) { return is_timetable_file(file.name); }))
        notes.push_back("There is no timetable.csv: the timetable stays as it is.");
    if (std::ranges::find(files, checkins_file, &CsvFile::name) != files.end() && std::ranges::none_of(files, [](const CsvFile& file) { return is_timetable_file(file.name); }))
        notes.push_back("checkins.csv was not looked at: it needs terms.csv, which says on which days there is school.");
    return notes;
}

}  // namespace

ImportResult Administration::import(const core::Directory& directory, bool apply, const core::CommandId& id,
                                    const ParsedTimetable* timetable) {
    ImportResult result;
    result.changes = changes_of(engine_.state(), directory);
    const bool with_timetable = timetable != nullptr && timetable->given;
    if (with_timetable) std::ranges::move(timetable_changes(engine_.state(), *timetable), std::back_inserter(result.changes));
    result.seq = engine_.state().last_seq;
    if (!apply) return result;
    const auto answer = engine_.submit(core::ImportDirectory{directory}, local, id);
    if (answer.admission != Engine::Admission::taken)
        result.error = error_of(answer.admission);
    else if (answer.outcome.rejection)
        result.error = error_of(answer.outcome.rejection->why);
    if (with_timetable && !result.error) {
        // Also when nothing differs: an import that went well ends the fault of one that did not.
        const auto then = engine_.submit(core::ImportTimetable{timetable->slots, timetable->days, timetable->checkins}, local);
        if (then.admission != Engine::Admission::taken) result.error = error_of(then.admission);
    }
    result.applied = !result.error;
    result.seq = engine_.state().last_seq;
    return result;
}

std::variant<OfferedCode, Error> Administration::offer_code(core::DeviceKind kind, const core::PlaceId& place,
                                                            const core::PersonId& person) {
    return offer_code(kind, place, person, local, {});
}

std::variant<OfferedCode, Error> Administration::offer_code(core::DeviceKind kind, const core::PlaceId& place,
                                                            const core::PersonId& person, const core::Principal& by,
                                                            const core::CommandId& id, bool corridor) {
    if (id != core::CommandId{})
        for (const Given& given : given_)
            if (given.id == id && given.browser == by.device) return given.offered;
    OfferedCode offered{random_code(random_, enrolment_code_length), 0};
    const core::Digest digest = digest_of_code(offered.code);
    const auto answer = engine_.submit(core::MakeEnrolmentCode{digest, kind, place, person, code_valid_ms, corridor}, by, id);
    if (answer.admission != Engine::Admission::taken) return error_of(answer.admission);
    if (answer.outcome.rejection) return error_of(answer.outcome.rejection->why);
    // Decided in an earlier run of the hub: the code itself was never kept, and asking again makes another.
    if (answer.repeated) return Error::code_not_valid;
    offered.expires_at = engine_.state().enrolments.at(digest).expires_at;
    given_.push_back({id, by.device, offered});
    if (given_.size() > codes_kept_max) given_.pop_front();
    return offered;
}

void Administration::make_code(Session& session, const protocol::MakeEnrolmentCode& message, const protocol::Id& id) {
    const auto kind = core_kind(message.kind);
    const bool corridor = message.corridor.value_or(false);
    if (!kind || (corridor && *kind != core::DeviceKind::board)) return sessions_.reject(session, Error::out_of_range, id);
    const auto result = offer_code(*kind, {message.place.value_or("")}, {message.person.value_or("")}, principal_of(session), id, corridor);
    if (const auto* error = get_if<Error>(&result)) return sessions_.reject(session, *error, id);
    const auto& offered = get<OfferedCode>(result);
    protocol::EnrolmentCode answer{offered.code, offered.expires_at, std::nullopt};
    if (const auto link = native_link_ ? native_link_(offered.code) : ""; !link.empty()) answer.native = link;
    sessions_.answer(session, EffectKind::promise, answer, id);
}

void Administration::list_devices(Session& session, const protocol::Id& id) {
    protocol::Devices list;
    for (const auto& [device_id, device] : engine_.state().devices)
        if (list.devices.size() < devices_listed_max && device.health != core::Health::revoked)
            list.devices.push_back(device_view_for_leaders(device));
    list.journal = engine_.journal_ok() ? protocol::JournalHealth::ok : protocol::JournalHealth::failing;
    list.not_recorded = engine_.journal_ok() ? 0 : engine_.unrecorded();
    sessions_.answer(session, EffectKind::reading, list, id);
}

void Administration::import_files(Session& session, const protocol::ImportDirectory& message, const protocol::Id& id) {
    std::vector<CsvFile> files;
    for (const protocol::ImportFile& file : message.files)
        files.push_back({file.name, std::string(reinterpret_cast<const char*>(file.text.data()), file.text.size())});
    ParsedDirectory parsed = parse_directory(files);
    ParsedTimetable timetable;
    if (parsed.problems.empty()) {
        // What comes from an address goes on beside what was given by hand, and a file given by hand goes before it.
        if (timetable_beside_ && std::ranges::any_of(files, [](const CsvFile& file) { return is_timetable_file(file.name); }))
            for (CsvFile& file : timetable_beside_())
                if (std::ranges::find(files, file.name, &CsvFile::name) == files.end()) files.push_back(std::move(file));
        timetable = parse_timetable(files, parsed.directory);
        parsed.problems = timetable.problems;
    }
    if (!parsed.problems.empty() && message.apply && std::ranges::any_of(files, [](const CsvFile& file) { return is_timetable_file(file.name); })) {
        const Problem& first = parsed.problems.front();
        engine_.submit(core::NoteTimetableFault{first.file, first.line, first.message}, local);
    }
    protocol::ImportReport report;
    for (const Problem& problem : parsed.problems)
        if (report.problems.size() < problems_max)
            report.problems.push_back(
                {cut(problem.file, 64), problem.line, cut(problem.column, 32), cut(problem.message, 512)});
    if (!parsed.problems.empty()) return sessions_.answer(session, EffectKind::reading, report, id);
    const ImportResult result = import(parsed.directory, message.apply, id, &timetable);
    if (result.error) return sessions_.reject(session, *result.error, id);
    for (const Change& change : result.changes)
        if (report.changes.size() < changes_listed_max)
            report.changes.push_back(
                {cut(change.what, 32), cut(change.id, 32), cut(change.change, 16),
                 change.detail.empty() ? std::nullopt : std::optional(cut(change.detail, 240))});
    report.notes = notes_on(files);
    for (const std::string& note : timetable.notes)
        if (report.notes->size() < notes_listed_max) report.notes->push_back(cut(note, 240));
    report.changes_total = result.changes.size();
    report.applied = result.applied;
    if (result.applied && timetable.given && timetable_imported_) timetable_imported_(files);
    sessions_.answer(session, message.apply ? EffectKind::promise : EffectKind::reading, report, id);
}

}  // namespace attune::app
