// The site's own policy, held to what is never open: relationship first, the station last, and an urgent call at the
// station within a minute.
#include "hub/app/policy_csv.hpp"

#include <algorithm>

#include "hub/app/csv_fields.hpp"

namespace attune::app {

using core::Group;
using core::Ms;
using core::Policy;
using core::Tier;

namespace {

constexpr Word<Group> group_words[] = {{"named_adult", Group::named_adult}, {"alternates", Group::alternates},
                                       {"nearest", Group::nearest},         {"responders", Group::responders},
                                       {"calm_space", Group::calm_space},   {"duty_lead", Group::duty_lead},
                                       {"everyone", Group::everyone},       {"station", Group::station}};

struct DeadlineKey {
    std::string_view key;  // in the file with _s or _ms behind it
    Ms least, most;
    Ms& (*field)(Policy&);
};
constexpr DeadlineKey deadline_keys[] = {
    {"ring", 100, 10'000, [](Policy& p) -> Ms& { return p.ring_ms; }},
    {"ring_again", 100, 10'000, [](Policy& p) -> Ms& { return p.ring_again_ms; }},
    {"not_delivered", 100, 10'000, [](Policy& p) -> Ms& { return p.not_delivered_ms; }},
    {"resound", 100, 10'000, [](Policy& p) -> Ms& { return p.resound_ms; }},
    {"same_press", 100, 10'000, [](Policy& p) -> Ms& { return p.same_press_ms; }},
    {"support_check", 1'000, 3'600'000, [](Policy& p) -> Ms& { return p.support_check_ms; }},
    {"recover", 0, 3'600'000, [](Policy& p) -> Ms& { return p.recover_ms; }},
    {"break_max", 60'000, 7'200'000, [](Policy& p) -> Ms& { return p.break_max_ms; }},
    {"talk_offer", 60'000, 3'600'000, [](Policy& p) -> Ms& { return p.talk_offer_ms; }},
    {"talk_missed", 60'000, 3'600'000, [](Policy& p) -> Ms& { return p.talk_missed_ms; }},
    {"talk_close", 60'000, 86'400'000, [](Policy& p) -> Ms& { return p.talk_close_ms; }},
    {"arrive_1", 1'000, 1'800'000, [](Policy& p) -> Ms& { return p.levels[0].arrive_ms; }},
    {"arrive_2", 1'000, 600'000, [](Policy& p) -> Ms& { return p.levels[1].arrive_ms; }},
    {"visit_answer", 10'000, 600'000, [](Policy& p) -> Ms& { return p.visit_answer_ms; }},
    {"visit_choose", 60'000, 3'600'000, [](Policy& p) -> Ms& { return p.visit_choose_ms; }},
    {"visit_arrive", 30'000, 900'000, [](Policy& p) -> Ms& { return p.visit_arrive_ms; }},
    {"visit_back", 30'000, 900'000, [](Policy& p) -> Ms& { return p.visit_back_ms; }},
    {"adult_away", 0, 5'000, [](Policy& p) -> Ms& { return p.adult_away_ms; }},
    {"visit_review", 60'000, 900'000, [](Policy& p) -> Ms& { return p.visit_review_ms; }},
    {"record_draft", 600'000, 28'800'000, [](Policy& p) -> Ms& { return p.record_draft_ms; }},
    {"stay_1", 60'000, 14'400'000, [](Policy& p) -> Ms& { return p.stay_ms[0]; }},
    {"stay_2", 60'000, 14'400'000, [](Policy& p) -> Ms& { return p.stay_ms[1]; }},
    {"stay_3", 60'000, 14'400'000, [](Policy& p) -> Ms& { return p.stay_ms[2]; }},
    {"arrive_3", 1'000, 300'000, [](Policy& p) -> Ms& { return p.levels[2].arrive_ms; }},
    {"greet", 60'000, 7'200'000, [](Policy& p) -> Ms& { return p.greet_ms; }},
    {"checkin_missed", 60'000, 3'600'000, [](Policy& p) -> Ms& { return p.checkin_missed_ms; }},
    {"visit_left", 600'000, 14'400'000, [](Policy& p) -> Ms& { return p.visit_left_ms; }},
};

constexpr std::uint64_t accept_s_max = 600;
constexpr Ms urgent_ms_max = 60'000;  // levels 2 and 3, from the press until the station sounds
constexpr std::uint64_t tiers_max = 8;

const std::vector<Group> only_station = {Group::station};

/// Relationship first: nobody is asked before this child's own adults. The station stands alone, and last.
void check_order(const Fields& fields, const std::vector<Tier>& before, const std::vector<Group>& who) {
    const auto has = [&](Group group) { return std::find(who.begin(), who.end(), group) != who.end(); };
    if (has(Group::named_adult) && !before.empty())
        fields.problem("who", "The named adult is asked first. Move named_adult into tier 1.");
    if (has(Group::alternates) && before.size() > 1)
        fields.problem("who", "The alternates come right after the named adult. Move alternates into tier 1 or 2.");
    if (has(Group::station) && who.size() != 1)
        fields.problem("who", "The station stands alone in the last tier. Give it a row of its own.");
    if (!before.empty() && before.back().who == only_station)
        fields.problem("who", "The station is the last tier. Move this row before it.");
}

void check_level(const Table& table, std::uint64_t level, const std::vector<Tier>& tiers, std::uint64_t line,
                 Problems& problems) {
    if (tiers.back().who != only_station)
        problems.add(table.file, line, "who",
                     fmt::format("Level {} does not end at the station. Add a last tier with station alone.", level));
    Ms total = 0;
    for (std::size_t i = 0; i + 1 < tiers.size(); ++i)
        total += tiers[i].accept_ms;
    if (level != 1 && total > urgent_ms_max)
        problems.add(
            table.file, line, "accept_s",
            fmt::format("Level {} takes {} s until the station sounds, and {} s are allowed. Shorten its tiers.", level,
                        total / 1'000, urgent_ms_max / 1'000));
}

}  // namespace

void read_tiers(const Table& table, Policy& policy, Problems& problems) {
    std::array<std::vector<Tier>, 3> levels;
    std::array<std::uint64_t, 3> last_line{};
    for (const auto& row : table.rows) {
        const Fields fields(table, row, problems);
        const std::uint64_t level = fields.number("level", 1, 3);
        const std::uint64_t tier = fields.number("tier", 1, tiers_max);
        const auto who = fields.word_list("who", group_words);
        const std::uint64_t accept_s = fields.number("accept_s", 1, accept_s_max);
        if (level == 0 || tier == 0) continue;
        auto& tiers = levels[level - 1];
        last_line[level - 1] = row.line;
        if (tier != tiers.size() + 1) {
            fields.problem("tier",
                           fmt::format("Tier {} of level {} belongs here. Number the tiers of a level from 1, in "
                                       "order, without a gap.",
                                       tiers.size() + 1, level));
            continue;
        }
        check_order(fields, tiers, who);
        tiers.push_back({who, static_cast<Ms>(accept_s) * 1'000});
    }
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i].empty()) continue;
        check_level(table, i + 1, levels[i], last_line[i], problems);
        policy.levels[i].tiers = std::move(levels[i]);
    }
}

void read_deadlines(const Table& table, Policy& policy, Problems& problems) {
    std::set<std::string_view> seen;
    for (const auto& row : table.rows) {
        const Fields fields(table, row, problems);
        std::string_view key = fields.text("key");
        const bool in_ms = key.ends_with("_ms");
        const bool in_s = !in_ms && key.ends_with("_s");
        key.remove_suffix(in_ms ? 3 : in_s ? 2 : 0);
        const auto* known = std::find_if(std::begin(deadline_keys), std::end(deadline_keys),
                                         [&](const DeadlineKey& each) { return each.key == key; });
        if ((!in_ms && !in_s) || known == std::end(deadline_keys)) {
            std::string keys;
            for (const auto& each : deadline_keys)
                keys += fmt::format("{}{}_s", keys.empty() ? "" : ", ", each.key);
            fields.problem("key", fmt::format("{} is not a deadline. Use {}.", quoted(fields.text("key")), keys));
            continue;
        }
        if (!seen.insert(known->key).second)
            fields.problem("key", fmt::format("The deadline {} is there twice. Keep one.", known->key));
        const std::uint64_t unit = in_ms ? 1 : 1'000;
        const auto least = (static_cast<std::uint64_t>(known->least) + unit - 1) / unit;
        const auto most = static_cast<std::uint64_t>(known->most) / unit;
        known->field(policy) = static_cast<Ms>(fields.number("value", least, most) * unit);
    }
    if (policy.stay_ms[0] >= policy.stay_ms[1] || policy.stay_ms[1] >= policy.stay_ms[2])
        problems.add(table.file, 0, "value", "The prompts of a long stay come one after the other: stay_1, then stay_2, then stay_3. Make each longer than the one before.");
}

core::Policy default_policy() {
    using enum core::Group;
    Policy policy;
    policy.owes = true;
    policy.levels[0] = {{{{named_adult}, 60'000},
                         {{alternates}, 60'000},
                         {{nearest, calm_space}, 60'000},
                         {{responders, duty_lead}, 60'000},
                         {{station}, 60'000}},
                        300'000};
    policy.levels[1] = {{{{named_adult, nearest}, 15'000},
                         {{alternates, calm_space, responders}, 15'000},
                         {{duty_lead}, 15'000},
                         {{station}, 15'000}},
                        120'000};
    policy.levels[2] = {{{{everyone}, 5'000}, {{station}, 5'000}}, 60'000};
    return policy;
}

}  // namespace attune::app
