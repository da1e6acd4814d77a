// Why a command was refused. In the core a rejection is data: nothing was changed. Names are those of the wire's table.
#pragma once

#include <cstdint>

#include "hub/core/ids.hpp"

namespace attune::core {

enum class Refusal : std::uint8_t {
    NotYours, CodeNotValid, UnknownDevice, NoSuchCall, AlreadyOwned, NotOffered, NotOwner, NotAtTheDoor, NotSettledYet,
    WrongMoment, ChildAlreadyChosen, NoSuchPlace, NoSuchPerson, NoSuchChild, NotWithdrawing, NobodySignedIn, WrongPin,
    PinWait, PinNotAllowed, PinFormat, BadAvailability, NoSuchDevice, OutOfRange,
    NotSignedIn, NotYourRole, SignInWrong, SignInWait, MayNotLead, AccountExists, NoAccount, SecondPersonNeeded,
    NobodyToApprove, NotWaiting,
    NoSuchVisit, SpaceNotOpen, SpaceFull, VisitOpen,
    CardNotKnown, AlreadyAsked, NoSuchTalk, TalkTime,
    NoSuchGap, SwapCannotCome,
    SupplyRole, ShortNameTaken, SuppliesFull, NoSuchSupply, SupplyWithChild,
    NoSchoolDay, NotYoursToday, NoSuchCheckin, CheckinTime,
    DrillWaits, NotListed, NoDrill, NobodyToPractise, TestNotHeard,
    NoSuchFollowup, FollowupTime,
};

struct Rejection {
    Refusal why = Refusal::WrongMoment;
    Ms retry_ms = 0;  // 0: not later either
};

}  // namespace attune::core
