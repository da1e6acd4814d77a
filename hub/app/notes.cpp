// Writing a note, and letting the key go.
#include "hub/app/notes.hpp"

#include "hub/app/leaders.hpp"
#include "hub/app/translate.hpp"

namespace attune::app {

void Notes::write(Session& session, const protocol::WriteNote& message, const protocol::Id& id) {
    const auto text = note_text(message.text);
    if (!text) return sessions_.reject(session, protocol::Error::note_format, id);
    core::WriteNote intent{{message.child}, {}};
    engine_.tick();  // a day that is over takes its key along before this one needs a key
    if (!text->empty()) {
        auto sealed = vault_.seal(*text);
        if (!sealed) return sessions_.reject(session, protocol::Error::note_not_kept, id);
        intent.sealed = std::move(*sealed);
    }
    const auto answer = engine_.submit(std::move(intent), principal_of(session), id);
    some_ = true;
    sessions_.answer(session, answer, id);
    step_ended();  // refused: no note, and so no key
}

/// At once and not when the end is on disk: should it be lost, the deadline ends the note again, unread.
void Notes::step_ended() {
    if (!some_ || !engine_.state().today.notes.empty()) return;
    vault_.destroy();
    some_ = false;
}

}  // namespace attune::app
