// The patterns, and the half second.
#include "clients/cli/lamp.hpp"

#include <fstream>

namespace attune::cli {

bool lamp_is_on(LampSays what, std::chrono::milliseconds since) {
    const auto second = since.count() / 1'000;
    switch (what) {
        case LampSays::nothing:
            return false;
        case LampSays::hub_lost:
            return second % 8 == 0;
        case LampSays::not_through:
            return second % 2 == 0;
        case LampSays::received:
            return second % 4 != 3;
        case LampSays::coming:
            return true;
    }
    return false;
}

void Lamp::show(LampSays what, Time now) {
    if (what_ != what) {
        what_ = what;
        since_ = now;
    }
    const bool wanted = lamp_is_on(what_, std::chrono::duration_cast<std::chrono::milliseconds>(now - since_));
    if (on_ == wanted || (on_ && now - changed_ < steady_for)) return;
    changed_ = now;
    set(wanted);
}

void Lamp::set(bool on) {
    on_ = on;
    light_(on);
}

LampFile::LampFile(std::filesystem::path file) : file_(std::move(file)) {
    std::ifstream greatest(file_.parent_path() / "max_brightness");
    if (std::string text; std::getline(greatest, text) && !text.empty()) on_ = text;
}

bool LampFile::light(bool on) const {
    std::ofstream out(file_);
    out << (on ? on_ : "0") << '\n' << std::flush;
    return static_cast<bool>(out);
}

}  // namespace attune::cli
