// Cards at kiosks, and cards for children.
#include "hub/app/talks.hpp"

#include "hub/app/secrets.hpp"
#include "hub/app/talk_views.hpp"
#include "hub/app/translate.hpp"
#include "hub/core/talk_rules.hpp"

namespace attune::app {

namespace {

constexpr std::size_t cards_at_once_max = 128;

const core::Principal own_command{core::Principal::Kind::local};

std::vector<core::ChildId> children_without_card(const core::State& state) {
    std::vector<core::ChildId> children;
    for (const auto& [id, child] : state.directory.children)
        if (!state.card_of.contains(id)) children.push_back(id);
    return children;
}

}  // namespace

void Talks::show_card(Session& session, const protocol::ShowCard& message, const protocol::Id& id) {
    const core::State& state = engine_.state();
    news_.card_gone(session.device);
    const auto card = state.cards.find(digest_of_code(message.card));
    if (card == state.cards.end()) return sessions_.reject(session, protocol::Error::card_not_known, id);
    const core::Ms now = engine_.now();
    news_.card_shown(session.device, card->second, now + card_present_ms_max);
    protocol::CardShown shown{adults_of(state, card->second, now), std::nullopt, now + card_present_ms_max};
    if (const core::Talk* talk = core::talk_of(state, card->second))
        shown.talk = talk_view(state, *talk, {session.device, core::TalkRelation::child}, now);
    sessions_.answer(session, EffectKind::reading, shown, id);
}

void Talks::hide_card(Session& session, const protocol::Id& id) {
    news_.card_gone(session.device);
    sessions_.answer(session, EffectKind::reading, protocol::Done{engine_.state().last_seq, std::nullopt}, id);
}

void Talks::make_cards(Session& session, const protocol::MakeCards& message, const protocol::Id& id) {
    const core::State& state = engine_.state();
    std::vector<core::ChildId> children;
    for (const std::string& child : message.children) children.push_back({child});
    for (const core::ChildId& child : children)
        if (!state.directory.children.contains(child)) return sessions_.reject(session, protocol::Error::no_such_child, id);
    if (children.empty()) children = children_without_card(state);
    if (children.size() > cards_at_once_max) children.resize(cards_at_once_max);
    protocol::Cards cards;
    for (const core::ChildId& child : children) {
        const std::string secret = random_code(random_, card_secret_length);
        const auto answer = engine_.submit(core::IssueCard{child, digest_of_code(secret)}, own_command);
        if (answer.admission != Engine::Admission::taken) return sessions_.reject(session, error_of(answer.admission), id);
        if (answer.outcome.rejection) return sessions_.reject(session, error_of(answer.outcome.rejection->why), id);
        cards.cards.push_back({cut(child.value, 32), cut(state.directory.children.at(child).initials, 16), secret});
    }
    cards.left = children_without_card(state).size();
    sessions_.answer(session, EffectKind::promise, cards, id);
}

}  // namespace attune::app
