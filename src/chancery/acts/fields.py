"""The types that fields of acts share: refs by family, words, closed lists."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from chancery.register.accounts import SPEAKERS, ref_to
from chancery.values import LARGEST, Date, Money, Ref, Tongues

Any_ = Annotated[Ref, ref_to(about="anything that has a ref")]
Party = Annotated[Ref, ref_to("state", "org", "group", "person", "office", "body", about="who")]
By = Annotated[Ref, ref_to(*SPEAKERS, about="by whose act")]
To = Annotated[Ref, ref_to(*SPEAKERS, about="to whom")]
State = Annotated[Ref, ref_to("state", about="the State")]
Person = Annotated[Ref, ref_to("person", about="the person")]
Body = Annotated[Ref, ref_to("body", "org", "office", about="the body")]
Overseen = Annotated[Ref, ref_to("body", "office", "org", "state", "person", "fund", "force", about="one end")]
Office = Annotated[Ref, ref_to("office", about="the post, apart from its holder")]
Instrument = Annotated[Ref, ref_to("instrument", about="the treaty, charter or resolution")]
Meeting = Annotated[Ref, ref_to("meeting", about="the meeting")]
Motion = Annotated[Ref, ref_to("motion", about="the motion or draft")]
Decision = Annotated[Ref, ref_to("decision", about="the decision")]
Document = Annotated[Ref, ref_to("document", about="the document")]
Plan = Annotated[Ref, ref_to("plan", about="the plan")]
Phase = Annotated[Ref, ref_to("phase", about="the phase")]
Condition = Annotated[Ref, ref_to("condition", about="the condition")]
Mandate = Annotated[Ref, ref_to("mandate", about="the mandate")]
Fund = Annotated[Ref, ref_to("fund", "org", "body", about="the fund or account")]

Words = Annotated[Tongues, Meta(description="what it says, in the record's own words")]
Reason = Annotated[Tongues, Meta(description="the reason given")]
Version = Annotated[str, Meta(description="which version of the text")]
Article = Annotated[str, Meta(description="the article or paragraph")]
Until = Annotated[Date, Meta(description="the day it ends; '..' still running; 'XXXX-XX-XX' ended, day unknown")]
Due = Annotated[Date, Meta(description="the day by which it is due")]
Count = Annotated[int, Meta(ge=0, le=LARGEST)]
Sum = Annotated[Money, Meta(description="the amount and its currency")]

Matter = Literal["membership", "observer", "meeting", "ceremony", "body"]
"""What somebody is invited to, or answers about."""

Level = Literal[
    "head_of_state", "head_of_government", "minister", "senior_official", "ambassador", "charge_d_affaires", "official"
]
"""The level of a representative."""
