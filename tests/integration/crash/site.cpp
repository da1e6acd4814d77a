// Every child of a room accepts a few adults; every adult is somebody's named adult. Deadlines are as short as the
// rules allow, so that tiers, overdue arrivals and repeated sounding happen between two kills.
#include "tests/integration/crash/site.hpp"

#include <fstream>

namespace attune::crash {

Site write_site(const std::filesystem::path& dir, int rooms, int people) {
    std::filesystem::create_directories(dir);
    Site site;
    site.calm_space = "calm";
    const auto person = [&](int i) { return "p" + std::to_string(i % people); };
    const auto room = [](int i) { return "r" + std::to_string(i); };

    std::ofstream(dir / "site.csv") << "key,value\nname,Crash School\nhelp,Ring 200.\n";
    std::ofstream places(dir / "places.csv");
    places << "place,name,kind,zone,route_hint,extension\ncalm,Calm,calm_space,a,,\noffice,Office,office,a,,200\n";
    std::ofstream children(dir / "children.csv");
    children << "child,initials,places,adults,helps_1,helps_2,helps_3,about\n";
    for (int i = 0; i < rooms; ++i) {
        places << room(i) << ",Room " << i << ",room," << (i % 2 ? "a" : "b") << ",,\n";
        children << "c" << i << ",AB," << room(i) << "," << person(i) << " " << person(i + 1) << ",Walk with me,,,\n";
        site.devices.push_back({"room", room(i), ""});
    }
    std::ofstream staff(dir / "staff.csv");
    staff << "person,name,short_name,roles,base\n";
    for (int i = 0; i < people; ++i) {
        staff << person(i) << ",Person " << i << ",P" << i << "," << (i % 4 == 0 ? "responder duty_lead" : "responder")
              << "," << room(i % rooms) << "\n";
        site.people.push_back(person(i));
        site.devices.push_back({"handset", "", person(i)});
    }
    site.devices.push_back({"station", "office", ""});
    std::ofstream(dir / "tiers.csv") << "level,tier,who,accept_s\n"
                                        "1,1,named_adult nearest,1\n1,2,responders,1\n1,3,station,1\n"
                                        "2,1,named_adult nearest,1\n2,2,responders duty_lead,1\n2,3,station,1\n"
                                        "3,1,everyone,1\n3,2,station,1\n";
    std::ofstream(dir / "deadlines.csv")
        << "key,value\nring_ms,400\nring_again_ms,200\nnot_delivered_ms,800\nresound_ms,500\n"
           "same_press_ms,100\nrecover_s,0\narrive_1_s,1\narrive_2_s,1\narrive_3_s,1\n";
    return site;
}

}  // namespace attune::crash
