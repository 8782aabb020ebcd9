//! The office of the pictures: a Bürgeramt with eight services in four languages.

use aufruf_protocol::latest::{
    AreaInfo, AreaKey, CounterInfo, CounterKey, IssuedTicket, JobId, Offer, OfferState, OfficeInfo,
    Promise, QueueInfo, QueueKey, ServiceInfo, ServiceKey, Texts, TicketId, Way,
};
use jiff::Timestamp;
use uuid::Uuid;

/// Key; German, English, Turkish, Arabic name; the same of the hint.
type Words = (&'static str, [&'static str; 4], [&'static str; 4]);

const LANGUAGES: [&str; 4] = ["de", "en", "tr", "ar"];

const SERVICES: [Words; 8] = [
    (
        "id-card",
        [
            "Personalausweis oder Reisepass",
            "Identity card or passport",
            "Kimlik kartı veya pasaport",
            "بطاقة الهوية أو جواز السفر",
        ],
        [
            "beantragen, verloren, ändern",
            "apply, lost, change",
            "başvuru, kayıp, değişiklik",
            "تقديم طلب، فقدان، تغيير",
        ],
    ),
    (
        "child-passport",
        [
            "Ausweis für ein Kind",
            "Identity document for a child",
            "Çocuk için kimlik belgesi",
            "وثيقة هوية لطفل",
        ],
        [
            "bitte das Kind mitbringen",
            "please bring the child",
            "lütfen çocuğu getirin",
            "يرجى إحضار الطفل",
        ],
    ),
    (
        "pick-up",
        [
            "Abholung fertiger Dokumente",
            "Collect finished documents",
            "Hazır belgelerin teslim alınması",
            "استلام الوثائق الجاهزة",
        ],
        [
            "Ausweis, Pass, Führerschein",
            "identity card, passport, driving licence",
            "kimlik, pasaport, ehliyet",
            "هوية، جواز سفر، رخصة قيادة",
        ],
    ),
    (
        "move",
        [
            "An-, Um- und Abmeldung",
            "Register, change or end an address",
            "Adres kaydı, değişikliği ve silinmesi",
            "تسجيل العنوان أو تغييره أو إلغاؤه",
        ],
        [
            "Wohnung, Auskunftssperre",
            "home, block on information",
            "konut, bilgi verme engeli",
            "السكن، حظر إعطاء المعلومات",
        ],
    ),
    (
        "registration-certificate",
        [
            "Meldebescheinigung",
            "Certificate of registration",
            "İkamet belgesi",
            "شهادة تسجيل السكن",
        ],
        [
            "einfach oder erweitert",
            "simple or extended",
            "basit veya ayrıntılı",
            "بسيطة أو موسعة",
        ],
    ),
    (
        "vehicle",
        [
            "Fahrzeug an- oder abmelden",
            "Register or deregister a vehicle",
            "Araç kaydı veya kayıt silme",
            "تسجيل مركبة أو إلغاء تسجيلها",
        ],
        [
            "Adresse im Fahrzeugschein ändern",
            "change the address in the papers",
            "ruhsattaki adresi değiştirme",
            "تغيير العنوان في أوراق المركبة",
        ],
    ),
    (
        "conduct",
        [
            "Führungszeugnis",
            "Certificate of conduct",
            "Adli sicil belgesi",
            "شهادة حسن السلوك",
        ],
        [
            "für Arbeit oder Ehrenamt",
            "for work or voluntary service",
            "iş veya gönüllülük için",
            "للعمل أو التطوع",
        ],
    ),
    (
        "certification",
        [
            "Beglaubigung",
            "Certified copy or signature",
            "Tasdik",
            "تصديق",
        ],
        [
            "Urkunden und Unterschriften",
            "documents and signatures",
            "belgeler ve imzalar",
            "وثائق وتوقيعات",
        ],
    ),
];

/// An instant of the office's day, given in its own time (Berlin in winter).
pub(crate) fn at(time: &str) -> Timestamp {
    format!("2026-11-02T{time}:00+01:00")
        .parse()
        .expect("an instant")
}

pub(crate) fn demo() -> OfficeInfo {
    office(SERVICES.iter().map(|(key, name, hint)| ServiceInfo {
        key: ServiceKey::new(*key),
        queue: QueueKey::new("all"),
        name: texts(name),
        hint: texts(hint),
    }))
}

/// The same office, with appointments for everything.
pub(crate) fn with_appointments(office: OfficeInfo) -> OfficeInfo {
    OfficeInfo {
        queues: vec![QueueInfo {
            key: QueueKey::new("all"),
            name: texts(&["Alles", "Everything", "Hepsi", "الكل"]),
            prefix: "A".to_owned(),
            neutral: false,
            checks_in: true,
            pause_max_min: 0,
        }],
        ..office
    }
}

/// The same office with the longest words that an office could think of.
pub(crate) fn long_words() -> OfficeInfo {
    let name = [
        "Aufenthaltserlaubnis, Niederlassungserlaubnis und Verpflichtungserklärung für Familienangehörige",
        "Residence permit, settlement permit and declaration of commitment for members of the family",
        "Oturma izni, yerleşme izni ve aile bireyleri için taahhütname işlemleri",
        "تصريح الإقامة وتصريح الاستيطان وإقرار الالتزام لأفراد العائلة المقيمين خارج البلاد",
    ];
    let hint = [
        "Bitte bringen Sie Lichtbild, Geburtsurkunde und Krankenversicherungsbescheinigung mit",
        "Please bring a photograph, your birth certificate and the confirmation of your health insurance",
        "Lütfen fotoğraf, doğum belgesi ve sağlık sigortası belgesini getirin",
        "يرجى إحضار صورة شخصية وشهادة الميلاد وشهادة التأمين الصحي الأصلية",
    ];
    office(SERVICES.iter().map(|(key, _, _)| ServiceInfo {
        key: ServiceKey::new(*key),
        queue: QueueKey::new("all"),
        name: texts(&name),
        hint: texts(&hint),
    }))
}

/// Every kind of offer there is.
pub(crate) fn offers() -> Vec<Offer> {
    let states = [
        (OfferState::Open, 14, Some(("11:06", "11:11"))),
        (OfferState::Open, 6, Some(("10:51", "10:57"))),
        (OfferState::Open, 0, Some(("10:42", "10:47"))),
        (OfferState::Open, 1, Some(("10:45", "10:50"))),
        (OfferState::Open, 3, None),
        (OfferState::SoldOut, 0, None),
        (OfferState::Locked, 0, None),
        (OfferState::Closed, 0, None),
    ];
    let keys = SERVICES.iter().map(|(key, _, _)| ServiceKey::new(*key));
    keys.zip(states)
        .map(|(service, (state, waiting, window))| Offer {
            service,
            state,
            opens_at: None,
            notice: None,
            waiting,
            promise: window.map(|(low, high)| promise(low, high)),
        })
        .collect()
}

/// Every way of not being open, and one that is.
pub(crate) fn hardly_open() -> Vec<Offer> {
    let states = [
        (OfferState::Open, None),
        (OfferState::Closed, Some("2026-11-02T13:00:00+01:00")),
        (OfferState::Closed, Some("2026-11-04T08:00:00+01:00")),
        (OfferState::Closed, Some("2026-11-16T08:00:00+01:00")),
        (OfferState::LastTicketGone, None),
        (OfferState::ContingentUsed, None),
        (OfferState::SoldOut, None),
        (OfferState::Locked, None),
    ];
    let all = offers().into_iter().zip(states);
    all.map(|(offer, (state, opens_at))| Offer {
        state,
        opens_at: opens_at.map(|at| at.parse().expect("an instant")),
        notice: (state == OfferState::Locked).then(|| {
            Texts::from([(
                "de",
                "Das System für Beglaubigungen fällt bis etwa 12 Uhr aus",
            )])
        }),
        ..offer
    })
    .collect()
}

/// Everything opens at this instant.
pub(crate) fn closed_until(opens_at: Option<&str>) -> Vec<Offer> {
    let all = offers().into_iter();
    all.map(|offer| Offer {
        state: OfferState::Closed,
        opens_at: opens_at.map(|at| at.parse().expect("an instant")),
        promise: None,
        ..offer
    })
    .collect()
}

/// The first two are closed today for a reason, and open again on Wednesday.
pub(crate) fn partly_closed_today() -> Vec<Offer> {
    let closed = closed_today().into_iter().take(2);
    closed.chain(offers().into_iter().skip(2)).collect()
}

/// Everything is closed today for one reason, and opens again on Wednesday.
pub(crate) fn closed_today() -> Vec<Offer> {
    let why = [
        "Personalversammlung",
        "Staff meeting",
        "Personel toplantısı",
        "اجتماع الموظفين",
    ];
    let all = closed_until(Some("2026-11-04T08:00:00+01:00")).into_iter();
    all.map(|offer| Offer {
        notice: Some(texts(&why)),
        ..offer
    })
    .collect()
}

/// So many services, the demo office's over and over.
pub(crate) fn many(count: usize) -> (OfficeInfo, Vec<Offer>) {
    let (mut office, offers) = (demo(), offers());
    let services: Vec<(ServiceInfo, Offer)> = office
        .services
        .into_iter()
        .zip(offers)
        .cycle()
        .take(count)
        .enumerate()
        .map(|(nth, (service, offer))| {
            let key = ServiceKey::new(format!("{}-{nth}", service.key));
            let service = ServiceInfo {
                key: key.clone(),
                ..service
            };
            let offer = Offer {
                service: key,
                ..offer
            };
            (service, offer)
        })
        .collect();
    let (infos, offers) = services.into_iter().unzip();
    office.services = infos;
    (office, offers)
}

/// A027, with 14 people before and a job at the printer.
pub(crate) fn ticket() -> IssuedTicket {
    IssuedTicket {
        id: TicketId(Uuid::from_u128(27)),
        number: "A027".to_owned(),
        queue: QueueKey::new("all"),
        promise: Some(promise("11:06", "11:11")),
        people_ahead: 14,
        issued_at: at("10:42"),
        print_job: Some(JobId::new("27-1")),
        status_link: None,
    }
}

fn promise(low: &str, high: &str) -> Promise {
    Promise {
        low: at(low),
        mid: at(low),
        high: at(high),
    }
}

fn office(services: impl Iterator<Item = ServiceInfo>) -> OfficeInfo {
    let services: Vec<ServiceInfo> = services.collect();
    let skills = services.iter().map(|service| service.key.clone()).collect();
    OfficeInfo {
        version: 1,
        name: texts(&[
            "Bürgeramt Mitte",
            "Citizens' Office Mitte",
            "Mitte Vatandaş Bürosu",
            "مكتب المواطنين ميتّه",
        ]),
        languages: LANGUAGES.map(str::to_owned).to_vec(),
        time_zone: "Europe/Berlin".to_owned(),
        services,
        counters: vec![CounterInfo {
            key: CounterKey::new("counter-1"),
            name: "1".to_owned(),
            way: Way::default(),
            area: AreaKey::new("upper"),
            skills,
            attributes: Vec::new(),
        }],
        areas: vec![AreaInfo {
            key: AreaKey::new("upper"),
            name: texts(&[
                "Wartebereich 1. Stock",
                "Waiting area, first floor",
                "Bekleme alanı, 1. kat",
                "منطقة الانتظار، الطابق الأول",
            ]),
        }],
        ..OfficeInfo::default()
    }
}

fn texts(words: &[&str; 4]) -> Texts {
    let [german, english, turkish, arabic] = *words;
    Texts::from([
        ("de", german),
        ("en", english),
        ("tr", turkish),
        ("ar", arabic),
    ])
}
