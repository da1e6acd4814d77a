// Any bytes at all as the site's directory. An input is a list of files: a byte says which file it is and what is done to
// its known-good text, and what follows up to a byte 0xFF is the change. Whatever it is, reading ends, every fault is a
// sentence that may be shown, a directory with a fault is empty, and one without refers to nothing that is not in it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "hub/app/csv_table.hpp"
#include "hub/app/directory_csv.hpp"

namespace {

using namespace attune;

void require(bool holds) {
    if (!holds) std::abort();
}

std::vector<app::CsvFile> good() {
    return {{"site.csv", "key,value\nname,Fuzz school\nhelp,Ring 200\n"},
            {"places.csv", "place,name,kind,zone,route_hint,extension\noak,Oak,room,w,Past the hall,101\ncalm,Calm,calm_space,w,,102\n"},
            {"staff.csv", "person,name,short_name,roles,base\nsam,Sam Example,Sam,responder duty_lead,oak\nkim,Kim Example,Kim,responder,\n"},
            {"children.csv", "child,initials,places,adults,helps_1,helps_2,helps_3,about\nk1,AB,oak,sam kim,Quiet voice,,,\n"},
            {"tiers.csv", "level,tier,who,accept_s\n1,1,named_adult,60\n1,2,station,60\n2,1,named_adult,15\n2,2,station,15\n3,1,everyone,5\n3,2,station,5\n"},
            {"deadlines.csv", "key,value\nring_s,3\n"}};
}

void check(const app::ParsedDirectory& parsed) {
    require(parsed.problems.size() <= app::problems_max);
    for (const app::Problem& problem : parsed.problems)
        require(!problem.message.empty() && app::unfit_to_show(problem.message).empty() && app::unfit_to_show(problem.file).empty());
    if (!parsed.problems.empty()) return require(parsed.directory == core::Directory{});
    const core::Directory& school = parsed.directory;
    for (const auto& [id, person] : school.people) {
        require(id == person.id && !id.empty() && app::unfit_to_show(person.name).empty() && app::unfit_to_show(person.short_name).empty());
        require(person.base.empty() || school.places.contains(person.base));
    }
    for (const auto& [id, child] : school.children) {
        require(child.helps.size() <= 3 && app::unfit_to_show(child.about).empty());
        for (const auto& adult : child.adults) require(school.people.contains(adult));
        for (const auto& place : child.places) require(school.places.contains(place));
    }
    for (const auto& level : school.policy.levels) require(!level.tiers.empty() && level.arrive_ms > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<app::CsvFile> files = good();
    for (std::size_t at = 0; at < size;) {
        const std::uint8_t what = data[at++];
        std::string text;
        while (at < size && data[at] != 0xFF) text.push_back(static_cast<char>(data[at++]));
        ++at;
        app::CsvFile& file = files[what % files.size()];
        switch (what / 8 % 4) {
            case 0: file.text = text; break;
            case 1: file.text += text; break;
            case 2: file.text.insert(file.text.find('\n') + 1, text + "\n"); break;
            default: file.name = text.substr(0, 64); break;
        }
    }
    const auto parsed = app::parse_directory(files);
    check(parsed);
    const auto again = app::parse_directory(files);
    require(again.directory == parsed.directory && again.problems.size() == parsed.problems.size());
    return 0;
}
