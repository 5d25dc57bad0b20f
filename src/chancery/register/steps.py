"""Steps: what one fact does to the standing of a party with a body."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """One rung on the ladder between a party and a body. Steps may come in any order: no sequence is forbidden."""

    INVITED = "invited"
    ACKNOWLEDGED = "acknowledged"
    CONSIDERED = "considered"
    CLARIFYING = "clarification_sought"
    CLARIFIED = "clarification_given"
    WELCOMED = "welcomed"
    READY = "ready"
    POSITION = "position"
    ACCEPTED_IN_PRINCIPLE = "accepted_in_principle"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RESCINDED = "rescinded"
    LAPSED = "lapsed"
    UNANSWERED = "unanswered"
    NOT_INVITED = "not_invited"
    SIGNED = "signed"
    RATIFIED = "ratified"
    DEPOSITED = "deposited"
    LISTED = "listed"
    LISTING_DENIED = "denied"
    BEGUN = "begun"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    OBSERVER = "observer"
    OBSERVER_DECLINED = "observer_declined"
    ATTENDED_AS_MEMBER = "attended_as_member"
    ATTENDED_AS_OBSERVER = "attended_as_observer"
    ATTENDED = "attended"
    ABSENT = "absent"
