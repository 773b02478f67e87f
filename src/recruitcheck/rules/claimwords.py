"""Words by which a claim shows what it is about, and whether anything public could settle it.

They say what a sentence of an application *is*, never what may be asked about a person, so they
are part of the code and not of the policy.
"""

from __future__ import annotations

from types import MappingProxyType


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


KINDS = MappingProxyType(
    {
        "account": "account accounts page feed handle hashtag instagram facebook twitter "
        "tiktok snapchat linkedin threads mastodon bluesky pinterest tweets "
        "tweeted followers likes views social media publicity",
        "blog": "blog blogs blogger blogging blogged weblog vlog blogiau flog blogu blogue "
        "blogu bloga وبلاگ بلاگ बलॉग ਬਲੌਗ مدونة",
        "channel": "channel channels youtube subscribers tutorials sianel chaîne canal kanal kanał "
        "چینل चैनल ਚੈਨਲ قناة",
        "podcast": "podcast podcasts episode episodes podlediad radio broadcast",
        "video": "video videos film films vimeo trailer reel clip clips livestream stream",
        "site": "website websites site webpage webpages portal wiki forum gwefan",
        "shop": "shop shops store etsy ebay stall seller sell sells sold business brand",
        "code": "repo repos fork app apps software code codebase github gitlab "
        "repository repositories package plugin library script scripts "
        "open-source program tool game api extension bot dashboard",
        "publication": "contributor contributed article articles book books paper papers "
        "chapter essay poem poems poetry novel story stories thesis "
        "dissertation guide guides guidebook handbook manual toolkit resource "
        "resources unit units scheme worksheet worksheets lesson lessons plans "
        "column journal magazine report study edition author authored co-author "
        "published publication publications pamphlet leaflet anthology "
        "translation review reviews map booklet textbook pack featured "
        "newsletter newsletters bulletin crossword crosswords poet magazine "
        "papur bapur golygu olygu golygais cylchgrawn gylchgrawn chylchgrawn "
        "lyfr llyfr erthygl livre libro buch książka",
        "performance": "concert recital gig play opera musical production show exhibition "
        "exhibited painting paintings photograph photographs sculpture gallery "
        "album song songs ep recording choir orchestra band ensemble theatre "
        "ballet dance comedy panto pantomime playhouse costume costumes "
        "commission mural performed soloist quartet",
        "result": "won win winner prize award awards awarded medal trophy champion "
        "championship championships final finalist runner-up shortlisted placed "
        "finished marathon race league tournament competition record bursary "
        "fellowship fellow ranking ranked cup title place distinction nominated longlisted "
        "selected named "
        "certificate qualified chartered accredited",
        "office": "chair chaired chairs chairman chairwoman chairperson trustee governor "
        "secretary treasurer president committee board council councillor "
        "officer elected appointed captain ambassador patron convenor fellow",
        "organisation": "society association club guild charity festival fair league team squad "
        "group institute trust community foundation company cooperative museum "
        "library",
    }
)
"""Kind of claim to the words that show it."""

LINKS = MappingProxyType(
    {
        "code": "developer maintainer commit commits install installs version release "
        "store browser download downloads account",
        "publication": "piece pieces issue editor byline publisher contents copy copies "
        "translator writer press collection catalogue imprint masthead "
        "contributor golygydd awdur",
        "blog": "entry entries posts updated webmaster",
        "site": "entry entries updated webmaster address archived page",
        "channel": "upload uploads uploaded song songs playlist views watch diweddaru",
        "podcast": "listen recording recordings schedule station air presenter folge",
        "video": "upload uploads uploaded watch views footage",
        "performance": "credit credits conductor conducts conduct soloist director venue "
        "costume stream choreographer catalogue",
        "result": "results winner winners placing placings standings organiser times coach",
        "office": "minutes officers chair register",
        "organisation": "catalogue coach coaches register finder membership",
        "account": "followers posts tweets administers administrator",
    }
)
"""Kind of claim to words by which a reason takes it up without repeating it."""

LINKED_TO = MappingProxyType(
    {
        word: frozenset(kind for kind, listed in LINKS.items() if word in listed.split())
        for listed in LINKS.values()
        for word in listed.split()
    }
)

KIND_OF = MappingProxyType({word: kind for kind, words in KINDS.items() for word in words.split()})

PLATFORMS = MappingProxyType(
    {
        "facebook": "facebook",
        "instagram": "instagram",
        "insta": "instagram",
        "twitter": "x",
        "tweets": "x",
        "tiktok": "tiktok",
        "tik tok": "tiktok",
        "youtube": "youtube",
        "you tube": "youtube",
        "linkedin": "linkedin",
        "linked in": "linkedin",
        "snapchat": "snapchat",
        "pinterest": "pinterest",
        "reddit": "reddit",
        "whatsapp": "whatsapp",
        "telegram": "telegram",
        "discord": "discord",
        "tumblr": "tumblr",
        "mastodon": "mastodon",
        "bluesky": "bluesky",
        "threads": "threads",
        "twitch": "twitch",
        "github": "github",
        "gitlab": "gitlab",
        "medium": "medium",
        "substack": "substack",
        "wordpress": "wordpress",
        "blogger": "blogger",
        "soundcloud": "soundcloud",
        "spotify": "spotify",
        "vimeo": "vimeo",
        "flickr": "flickr",
        "behance": "behance",
        "strava": "strava",
        "tes": "tes",
        "orcid": "orcid",
        "researchgate": "researchgate",
        "goodreads": "goodreads",
        "wikipedia": "wikipedia",
        "onlyfans": "onlyfans",
        "tinder": "tinder",
        "grindr": "grindr",
        "hinge": "hinge",
        "bumble": "bumble",
    }
)
"""What a platform is called, to its name here."""

EVERYDAY = frozenset({"medium", "threads", "hinge", "bumble", "blogger", "tes", "discord"})
"""Platform names that are everyday words too; they count only with a capital letter."""

EVERYDAY_KINDS = frozenset(
    _listed(
        "team group trust community company place title final record plans lesson lessons unit "
        "units story stories play review reviews resource resources social media views likes game "
        "tool map report study officer council group"
    )
)
"""Words of works that a sentence about oneself holds as well; alone they name nothing."""

SOCIAL = frozenset(
    _listed(
        "facebook instagram x tiktok youtube linkedin snapchat pinterest reddit whatsapp "
        "telegram discord tumblr mastodon bluesky threads twitch onlyfans tinder grindr hinge "
        "bumble strava flickr"
    )
)
"""Platforms where people show themselves; a reason may name one only if the claim does."""

DEEDS = frozenset(
    _listed(
        "run write author publish edit present host record produce direct make build create "
        "develop design maintain manage found launch organise organize coach train lead chair "
        "serve compile translate illustrate compose perform play sing conduct act exhibit "
        "paint photograph film code program contribute speak talk win compete complete finish "
        "represent captain umpire referee judge curate catalogue research teach tutor lecture "
        "moderate administer post tweet stream broadcast upload share sell feature appear "
        "appoint elect award qualify raise restore grow breed knit sew bake cook race climb "
        "swim row sail dance volunteer introduce increase improve reduce deliver implement "
        "redesign rewrite promote publicise market blog vlog co-host co-author co-write "
        "invent patent map survey ysgrifennu rhedeg cyhoeddi ecrire j'ecris anime escribo "
        "dirijo publico schreibe betreibe veroffentliche prowadze pisze nagrywam golygu "
        "golygais ysgrifennais cyflwyno cyflwynais trefnu trefnais arwain sefydlu sefydlais "
        "cynnal tiens gere"
    )
)
"""Verbs by which people say that they made or did something that can be seen."""

OPINION = (
    *_listed(
        "passionate passion enthusiastic enthusiasm dedicated dedication committed commitment "
        "hard-working hardworking reliable punctual trustworthy honest friendly warm caring "
        "kind patient calm creative flexible adaptable resilient motivated driven "
        "conscientious excellent outstanding strong great good brilliant exceptional natural "
        "communicator listener leader believe feel think love enjoy care value hope want wish "
        "keen eager proud inspire inspiring confident perfect ideal suited approachable "
        "empathetic thoughtful loyal positive thrive pride interpersonal innovative dynamic "
        "talented best fun cheerful diplomatic tactful self-starter can-do rapport personable "
        "energetic fast quick happy philosophy asset heart vision always never"
    ),
    "team player",
    "work hard",
    "works hard",
    "worked hard",
    "play hard",
    "bring energy",
    "am organised",
    "well organised",
    "well-organised",
    "highly organised",
    "very organised",
    "organised person",
    "team-player",
    "people person",
    "sense of humour",
    "go the extra mile",
    "high standards",
    "high expectations",
    "attention to detail",
    "work well",
    "trust me",
    "trusts me",
    "get on with",
    "gets on with",
    "good with",
    "great with",
    "well with",
)
"""Self-praise and feeling, which nothing public could settle."""

PRIVATE = (
    "driving licence",
    "driver's licence",
    "clean licence",
    "salary",
    "notice period",
    "right to work",
    "dbs",
    "national insurance",
    "available to start",
    "can start",
    "live within",
    "live ten",
    "live in",
    "live near",
    "commute",
    "own car",
    "own transport",
    "references available",
    "redundant",
    "redundancy",
    "work permit",
    "visa",
    "sick leave",
    "no points",
)
"""Facts that only the applicant or a paper can settle."""
