// Today's notes at the front desk: the text is checked and sealed here, and everything else is the core's to decide.
// One thread.
#pragma once

#include "hub/app/note_vault.hpp"
#include "hub/app/session.hpp"

namespace attune::app {

class Notes {
  public:
    Notes(Engine& engine, Sessions& sessions, NoteVault& vault) : engine_(engine), sessions_(sessions), vault_(vault) {}

    void write(Session& session, const protocol::WriteNote& message, const protocol::Id& id);
    /// The last note has ended: its words end with it.
    void step_ended();

  private:
    Engine& engine_;
    Sessions& sessions_;
    NoteVault& vault_;
    bool some_ = true;  // as far as is known: whether there may be a key
};

}  // namespace attune::app
