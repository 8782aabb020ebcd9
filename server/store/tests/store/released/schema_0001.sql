-- A database as the release with schema 0001 wrote it: two days, records of version 1.
PRAGMA application_id = 0x41554652;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('last_seq',33);
INSERT INTO meta VALUES('segment_from',19);
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO journal VALUES(1,'2026-11-23',1795417201234,'panel-1',1,'day_opened','{"event":"day_opened","date":"2026-11-23","ends_at":"2026-11-23T23:00:00Z","office":{"version":1,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000},{"key":"cars","series":"b","max_waiting":200000}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"area":"ground"}],"areas":[{"key":"ground"}]},"resting":[]}',3497281834);
INSERT INTO journal VALUES(2,'2026-11-23',1795417202468,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000001","number":{"series":"a","n":1,"label":"A00001"},"queue":"citizens","services":["passport"],"language":"de","needs":["induction_loop"],"promise":{"low":"2026-11-23T07:05:02.468Z","mid":"2026-11-23T07:10:02.468Z","high":"2026-11-23T07:20:02.468Z"},"ahead":0}',479141220);
INSERT INTO journal VALUES(3,'2026-11-23',1795417203702,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000002","number":{"series":"a","n":2,"label":"A00002"},"queue":"citizens","services":["address"],"language":"de","ahead":1}',1915955808);
INSERT INTO journal VALUES(4,'2026-11-23',1795417204936,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000003","number":{"series":"b","n":1,"label":"B001"},"queue":"cars","services":["car"],"language":"de","promise":{"low":"2026-11-23T07:05:04.936Z","mid":"2026-11-23T07:10:04.936Z","high":"2026-11-23T07:20:04.936Z"},"ahead":0}',2127408065);
INSERT INTO journal VALUES(5,'2026-11-23',1795417206170,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000004","number":{"series":"a","n":3,"label":"A00003"},"queue":"citizens","services":["passport"],"language":"de","ahead":2}',836630035);
INSERT INTO journal VALUES(6,'2026-11-23',1795417207404,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000005","number":{"series":"a","n":4,"label":"A00004"},"queue":"citizens","services":["address"],"language":"de","needs":["induction_loop"],"promise":{"low":"2026-11-23T07:05:07.404Z","mid":"2026-11-23T07:10:07.404Z","high":"2026-11-23T07:20:07.404Z"},"ahead":3}',3959880590);
INSERT INTO journal VALUES(7,'2026-11-23',1795417208638,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000006","number":{"series":"b","n":2,"label":"B002"},"queue":"cars","services":["car"],"language":"de","ahead":1}',2087834393);
INSERT INTO journal VALUES(8,'2026-11-23',1795417209872,'panel-1',1,'counter_opened','{"event":"counter_opened","counter":"counter-1"}',2072247597);
INSERT INTO journal VALUES(9,'2026-11-23',1795417211106,'panel-1',1,'counter_opened','{"event":"counter_opened","counter":"counter-2"}',3495596291);
INSERT INTO journal VALUES(10,'2026-11-23',1795417212340,'panel-1',1,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000001","counter":"counter-1","why":{"rule":"first_in_line"}}',1334129767);
INSERT INTO journal VALUES(11,'2026-11-23',1795417213574,'panel-1',1,'ticket_recalled','{"event":"ticket_recalled","ticket":"00000000-0000-0000-0000-000000000001"}',62515478);
INSERT INTO journal VALUES(12,'2026-11-23',1795417214808,'panel-1',1,'ticket_recalled','{"event":"ticket_recalled","ticket":"00000000-0000-0000-0000-000000000001"}',4279404335);
INSERT INTO journal VALUES(13,'2026-11-23',1795417216042,'panel-1',1,'service_started','{"event":"service_started","ticket":"00000000-0000-0000-0000-000000000001"}',777322914);
INSERT INTO journal VALUES(14,'2026-11-23',1795417938510,'panel-1',1,'visit_finished','{"event":"visit_finished","ticket":"00000000-0000-0000-0000-000000000001"}',953512167);
INSERT INTO journal VALUES(15,'2026-11-23',1795417939744,'panel-1',1,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000002","counter":"counter-1","why":{"rule":"first_in_line"}}',511132666);
INSERT INTO journal VALUES(16,'2026-11-23',1795417940978,'panel-1',1,'ticket_missed','{"event":"ticket_missed","ticket":"00000000-0000-0000-0000-000000000002"}',2642682953);
INSERT INTO journal VALUES(17,'2026-11-23',1795417942212,'panel-1',1,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000003","counter":"counter-2","why":{"rule":"first_in_line"}}',4018065433);
INSERT INTO journal VALUES(18,'2026-11-23',1795504343446,'panel-1',1,'day_closed','{"event":"day_closed","expired":["00000000-0000-0000-0000-000000000002","00000000-0000-0000-0000-000000000003","00000000-0000-0000-0000-000000000004","00000000-0000-0000-0000-000000000005","00000000-0000-0000-0000-000000000006"]}',1217872083);
INSERT INTO journal VALUES(19,'2026-11-24',1795504343446,'panel-1',1,'day_opened','{"event":"day_opened","date":"2026-11-24","ends_at":"2026-11-24T23:00:00Z","office":{"version":1,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000},{"key":"cars","series":"b","max_waiting":200000}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"area":"ground"}],"areas":[{"key":"ground"}]},"resting":[{"label":"A00002","until":"2026-11-24T08:12:23.446Z"},{"label":"B001","until":"2026-11-24T08:12:23.446Z"},{"label":"A00003","until":"2026-11-24T08:12:23.446Z"},{"label":"A00004","until":"2026-11-24T08:12:23.446Z"},{"label":"B002","until":"2026-11-24T08:12:23.446Z"}]}',4056458876);
INSERT INTO journal VALUES(20,'2026-11-24',1795504344680,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000007","number":{"series":"a","n":1,"label":"A00001"},"queue":"citizens","services":["passport"],"language":"de","needs":["induction_loop"],"promise":{"low":"2026-11-24T07:17:24.68Z","mid":"2026-11-24T07:22:24.68Z","high":"2026-11-24T07:32:24.68Z"},"ahead":0}',75996285);
INSERT INTO journal VALUES(21,'2026-11-24',1795504345914,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000008","number":{"series":"a","n":5,"label":"A00005"},"queue":"citizens","services":["address"],"language":"de","ahead":1}',1309968566);
INSERT INTO journal VALUES(22,'2026-11-24',1795504347148,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000009","number":{"series":"b","n":3,"label":"B003"},"queue":"cars","services":["car"],"language":"de","promise":{"low":"2026-11-24T07:17:27.148Z","mid":"2026-11-24T07:22:27.148Z","high":"2026-11-24T07:32:27.148Z"},"ahead":0}',38066900);
INSERT INTO journal VALUES(23,'2026-11-24',1795504348382,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000a","number":{"series":"a","n":6,"label":"A00006"},"queue":"citizens","services":["passport"],"language":"de","ahead":2}',1180118160);
INSERT INTO journal VALUES(24,'2026-11-24',1795504349616,'panel-1',1,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000b","number":{"series":"a","n":7,"label":"A00007"},"queue":"citizens","services":["address"],"language":"de","needs":["induction_loop"],"promise":{"low":"2026-11-24T07:17:29.616Z","mid":"2026-11-24T07:22:29.616Z","high":"2026-11-24T07:32:29.616Z"},"ahead":3}',3959546247);
INSERT INTO journal VALUES(25,'2026-11-24',1795504350850,'panel-1',1,'counter_opened','{"event":"counter_opened","counter":"counter-1"}',1398881970);
INSERT INTO journal VALUES(26,'2026-11-24',1795504352084,'panel-1',1,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000007","counter":"counter-1","why":{"rule":"first_in_line"}}',650733313);
INSERT INTO journal VALUES(27,'2026-11-24',1795504353318,'panel-1',1,'service_started','{"event":"service_started","ticket":"00000000-0000-0000-0000-000000000007"}',1139138726);
INSERT INTO journal VALUES(28,'2026-11-24',1795504354552,'panel-1',1,'visit_finished','{"event":"visit_finished","ticket":"00000000-0000-0000-0000-000000000007"}',4218289376);
INSERT INTO journal VALUES(29,'2026-11-24',1795504355786,'panel-1',1,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000008","counter":"counter-1","why":{"rule":"first_in_line"}}',3330286265);
INSERT INTO journal VALUES(30,'2026-11-24',1795504357020,'panel-1',1,'ticket_missed','{"event":"ticket_missed","ticket":"00000000-0000-0000-0000-000000000008"}',2998082606);
INSERT INTO journal VALUES(31,'2026-11-24',1795504358254,'panel-1',1,'ticket_requeued','{"event":"ticket_requeued","ticket":"00000000-0000-0000-0000-000000000008","to":"end"}',3542429435);
INSERT INTO journal VALUES(32,'2026-11-24',1795504359488,'panel-1',1,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-00000000000a","counter":"counter-1","why":{"rule":"first_in_line"}}',27263846);
INSERT INTO journal VALUES(33,'2026-11-24',1795504360722,'panel-1',1,'office_changed','{"event":"office_changed","office":{"version":2,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000},{"key":"cars","series":"b","max_waiting":200000}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"area":"ground"}],"areas":[{"key":"ground"}]}}',3408446005);
CREATE TABLE snapshots (
    seq INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    format INTEGER NOT NULL,
    state TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO snapshots VALUES(17,'2026-11-23',2,'{"day":{"date":"2026-11-23","ends_at":"2026-11-23T23:00:00Z","office":{"version":1,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000},{"key":"cars","series":"b","max_waiting":200000}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"area":"ground"}],"areas":[{"key":"ground"}]}},"tickets":{"00000000-0000-0000-0000-000000000001":{"id":"00000000-0000-0000-0000-000000000001","number":{"series":"a","n":1,"label":"A00001"},"queue":"citizens","services":["passport"],"language":"de","needs":["induction_loop"],"arrived_at":"2026-11-23T07:00:02.468Z","issued_by":"panel-1","ahead":0,"promise":{"low":"2026-11-23T07:05:02.468Z","mid":"2026-11-23T07:10:02.468Z","high":"2026-11-23T07:20:02.468Z"},"place":2,"calls":3,"state":{"state":"finished"},"since":"2026-11-23T07:12:18.51Z"},"00000000-0000-0000-0000-000000000002":{"id":"00000000-0000-0000-0000-000000000002","number":{"series":"a","n":2,"label":"A00002"},"queue":"citizens","services":["address"],"language":"de","needs":[],"arrived_at":"2026-11-23T07:00:03.702Z","issued_by":"panel-1","ahead":1,"promise":null,"place":3,"calls":1,"state":{"state":"missed"},"since":"2026-11-23T07:12:20.978Z"},"00000000-0000-0000-0000-000000000003":{"id":"00000000-0000-0000-0000-000000000003","number":{"series":"b","n":1,"label":"B001"},"queue":"cars","services":["car"],"language":"de","needs":[],"arrived_at":"2026-11-23T07:00:04.936Z","issued_by":"panel-1","ahead":0,"promise":{"low":"2026-11-23T07:05:04.936Z","mid":"2026-11-23T07:10:04.936Z","high":"2026-11-23T07:20:04.936Z"},"place":4,"calls":1,"state":{"state":"called","counter":"counter-2","call":17},"since":"2026-11-23T07:12:22.212Z"},"00000000-0000-0000-0000-000000000004":{"id":"00000000-0000-0000-0000-000000000004","number":{"series":"a","n":3,"label":"A00003"},"queue":"citizens","services":["passport"],"language":"de","needs":[],"arrived_at":"2026-11-23T07:00:06.17Z","issued_by":"panel-1","ahead":2,"promise":null,"place":5,"calls":0,"state":{"state":"waiting"},"since":"2026-11-23T07:00:06.17Z"},"00000000-0000-0000-0000-000000000005":{"id":"00000000-0000-0000-0000-000000000005","number":{"series":"a","n":4,"label":"A00004"},"queue":"citizens","services":["address"],"language":"de","needs":["induction_loop"],"arrived_at":"2026-11-23T07:00:07.404Z","issued_by":"panel-1","ahead":3,"promise":{"low":"2026-11-23T07:05:07.404Z","mid":"2026-11-23T07:10:07.404Z","high":"2026-11-23T07:20:07.404Z"},"place":6,"calls":0,"state":{"state":"waiting"},"since":"2026-11-23T07:00:07.404Z"},"00000000-0000-0000-0000-000000000006":{"id":"00000000-0000-0000-0000-000000000006","number":{"series":"b","n":2,"label":"B002"},"queue":"cars","services":["car"],"language":"de","needs":[],"arrived_at":"2026-11-23T07:00:08.638Z","issued_by":"panel-1","ahead":1,"promise":null,"place":7,"calls":0,"state":{"state":"waiting"},"since":"2026-11-23T07:00:08.638Z"}},"lines":{"cars":[[7,"00000000-0000-0000-0000-000000000006"]],"citizens":[[5,"00000000-0000-0000-0000-000000000004"],[6,"00000000-0000-0000-0000-000000000005"]]},"counters":{"counter-1":{"open":true,"running":null,"called_at":null},"counter-2":{"open":true,"running":"00000000-0000-0000-0000-000000000003","called_at":"2026-11-23T07:12:22.212Z"}},"numbers":{"next":{"a":5,"b":3},"taken":{"A00001":"2026-11-23T08:12:18.51Z","A00002":null,"A00003":null,"A00004":null,"B001":null,"B002":null}},"finished":1,"last_seq":17,"last_at":"2026-11-23T07:12:22.212Z"}',3725733887);
INSERT INTO snapshots VALUES(33,'2026-11-24',2,'{"day":{"date":"2026-11-24","ends_at":"2026-11-24T23:00:00Z","office":{"version":2,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000},{"key":"cars","series":"b","max_waiting":200000}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"area":"ground"}],"areas":[{"key":"ground"}]}},"tickets":{"00000000-0000-0000-0000-000000000007":{"id":"00000000-0000-0000-0000-000000000007","number":{"series":"a","n":1,"label":"A00001"},"queue":"citizens","services":["passport"],"language":"de","needs":["induction_loop"],"arrived_at":"2026-11-24T07:12:24.68Z","issued_by":"panel-1","ahead":0,"promise":{"low":"2026-11-24T07:17:24.68Z","mid":"2026-11-24T07:22:24.68Z","high":"2026-11-24T07:32:24.68Z"},"place":20,"calls":1,"state":{"state":"finished"},"since":"2026-11-24T07:12:34.552Z"},"00000000-0000-0000-0000-000000000008":{"id":"00000000-0000-0000-0000-000000000008","number":{"series":"a","n":5,"label":"A00005"},"queue":"citizens","services":["address"],"language":"de","needs":[],"arrived_at":"2026-11-24T07:12:25.914Z","issued_by":"panel-1","ahead":1,"promise":null,"place":31,"calls":1,"state":{"state":"waiting"},"since":"2026-11-24T07:12:38.254Z"},"00000000-0000-0000-0000-000000000009":{"id":"00000000-0000-0000-0000-000000000009","number":{"series":"b","n":3,"label":"B003"},"queue":"cars","services":["car"],"language":"de","needs":[],"arrived_at":"2026-11-24T07:12:27.148Z","issued_by":"panel-1","ahead":0,"promise":{"low":"2026-11-24T07:17:27.148Z","mid":"2026-11-24T07:22:27.148Z","high":"2026-11-24T07:32:27.148Z"},"place":22,"calls":0,"state":{"state":"waiting"},"since":"2026-11-24T07:12:27.148Z"},"00000000-0000-0000-0000-00000000000a":{"id":"00000000-0000-0000-0000-00000000000a","number":{"series":"a","n":6,"label":"A00006"},"queue":"citizens","services":["passport"],"language":"de","needs":[],"arrived_at":"2026-11-24T07:12:28.382Z","issued_by":"panel-1","ahead":2,"promise":null,"place":23,"calls":1,"state":{"state":"called","counter":"counter-1","call":32},"since":"2026-11-24T07:12:39.488Z"},"00000000-0000-0000-0000-00000000000b":{"id":"00000000-0000-0000-0000-00000000000b","number":{"series":"a","n":7,"label":"A00007"},"queue":"citizens","services":["address"],"language":"de","needs":["induction_loop"],"arrived_at":"2026-11-24T07:12:29.616Z","issued_by":"panel-1","ahead":3,"promise":{"low":"2026-11-24T07:17:29.616Z","mid":"2026-11-24T07:22:29.616Z","high":"2026-11-24T07:32:29.616Z"},"place":24,"calls":0,"state":{"state":"waiting"},"since":"2026-11-24T07:12:29.616Z"}},"lines":{"cars":[[22,"00000000-0000-0000-0000-000000000009"]],"citizens":[[24,"00000000-0000-0000-0000-00000000000b"],[31,"00000000-0000-0000-0000-000000000008"]]},"counters":{"counter-1":{"open":true,"running":"00000000-0000-0000-0000-00000000000a","called_at":"2026-11-24T07:12:39.488Z"},"counter-2":{"open":false,"running":null,"called_at":null}},"numbers":{"next":{"a":8,"b":4},"taken":{"A00001":"2026-11-24T08:12:34.552Z","A00002":"2026-11-24T08:12:23.446Z","A00003":"2026-11-24T08:12:23.446Z","A00004":"2026-11-24T08:12:23.446Z","A00005":null,"A00006":null,"A00007":null,"B001":"2026-11-24T08:12:23.446Z","B002":"2026-11-24T08:12:23.446Z","B003":null}},"finished":1,"last_seq":33,"last_at":"2026-11-24T07:12:40.722Z"}',3854817287);
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    key TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (device, key)
) STRICT;
INSERT INTO answers VALUES(1,'panel-1','key-1',1795417200000,201,'A001');
CREATE TABLE office_documents (
    version INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
INSERT INTO office_documents VALUES(1,'[office]',1795504360722);
CREATE TABLE tickets (
    id BLOB PRIMARY KEY,
    day TEXT NOT NULL,
    number TEXT NOT NULL,
    series TEXT NOT NULL,
    n INTEGER NOT NULL,
    queue TEXT NOT NULL,
    services TEXT NOT NULL,
    language TEXT NOT NULL,
    needs TEXT NOT NULL,
    arrived_ms INTEGER NOT NULL,
    issued_by TEXT NOT NULL,
    ahead INTEGER NOT NULL,
    low_ms INTEGER,
    mid_ms INTEGER,
    high_ms INTEGER,
    place_seq INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    state TEXT NOT NULL,
    counter TEXT,
    call_seq INTEGER,
    since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO tickets VALUES(X'00000000000000000000000000000001','2026-11-23','A00001','a',1,'citizens','["passport"]','de','["induction_loop"]',1795417202468,'panel-1',0,1795417502468,1795417802468,1795418402468,2,3,'finished',NULL,NULL,1795417938510);
INSERT INTO tickets VALUES(X'00000000000000000000000000000002','2026-11-23','A00002','a',2,'citizens','["address"]','de','[]',1795417203702,'panel-1',1,NULL,NULL,NULL,3,1,'expired',NULL,NULL,1795504343446);
INSERT INTO tickets VALUES(X'00000000000000000000000000000003','2026-11-23','B001','b',1,'cars','["car"]','de','[]',1795417204936,'panel-1',0,1795417504936,1795417804936,1795418404936,4,1,'expired',NULL,NULL,1795504343446);
INSERT INTO tickets VALUES(X'00000000000000000000000000000004','2026-11-23','A00003','a',3,'citizens','["passport"]','de','[]',1795417206170,'panel-1',2,NULL,NULL,NULL,5,0,'expired',NULL,NULL,1795504343446);
INSERT INTO tickets VALUES(X'00000000000000000000000000000005','2026-11-23','A00004','a',4,'citizens','["address"]','de','["induction_loop"]',1795417207404,'panel-1',3,1795417507404,1795417807404,1795418407404,6,0,'expired',NULL,NULL,1795504343446);
INSERT INTO tickets VALUES(X'00000000000000000000000000000006','2026-11-23','B002','b',2,'cars','["car"]','de','[]',1795417208638,'panel-1',1,NULL,NULL,NULL,7,0,'expired',NULL,NULL,1795504343446);
INSERT INTO tickets VALUES(X'00000000000000000000000000000007','2026-11-24','A00001','a',1,'citizens','["passport"]','de','["induction_loop"]',1795504344680,'panel-1',0,1795504644680,1795504944680,1795505544680,20,1,'finished',NULL,NULL,1795504354552);
INSERT INTO tickets VALUES(X'00000000000000000000000000000008','2026-11-24','A00005','a',5,'citizens','["address"]','de','[]',1795504345914,'panel-1',1,NULL,NULL,NULL,31,1,'waiting',NULL,NULL,1795504358254);
INSERT INTO tickets VALUES(X'00000000000000000000000000000009','2026-11-24','B003','b',3,'cars','["car"]','de','[]',1795504347148,'panel-1',0,1795504647148,1795504947148,1795505547148,22,0,'waiting',NULL,NULL,1795504347148);
INSERT INTO tickets VALUES(X'0000000000000000000000000000000a','2026-11-24','A00006','a',6,'citizens','["passport"]','de','[]',1795504348382,'panel-1',2,NULL,NULL,NULL,23,1,'called','counter-1',32,1795504359488);
INSERT INTO tickets VALUES(X'0000000000000000000000000000000b','2026-11-24','A00007','a',7,'citizens','["address"]','de','["induction_loop"]',1795504349616,'panel-1',3,1795504649616,1795504949616,1795505549616,24,0,'waiting',NULL,NULL,1795504349616);
CREATE TABLE calls (
    seq INTEGER PRIMARY KEY,
    ticket BLOB NOT NULL REFERENCES tickets (id),
    nth INTEGER NOT NULL,
    counter TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    why TEXT
) STRICT;
INSERT INTO calls VALUES(10,X'00000000000000000000000000000001',1,'counter-1',1795417212340,'{"rule":"first_in_line"}');
INSERT INTO calls VALUES(11,X'00000000000000000000000000000001',2,'counter-1',1795417213574,NULL);
INSERT INTO calls VALUES(12,X'00000000000000000000000000000001',3,'counter-1',1795417214808,NULL);
INSERT INTO calls VALUES(15,X'00000000000000000000000000000002',1,'counter-1',1795417939744,'{"rule":"first_in_line"}');
INSERT INTO calls VALUES(17,X'00000000000000000000000000000003',1,'counter-2',1795417942212,'{"rule":"first_in_line"}');
INSERT INTO calls VALUES(26,X'00000000000000000000000000000007',1,'counter-1',1795504352084,'{"rule":"first_in_line"}');
INSERT INTO calls VALUES(29,X'00000000000000000000000000000008',1,'counter-1',1795504355786,'{"rule":"first_in_line"}');
INSERT INTO calls VALUES(32,X'0000000000000000000000000000000a',1,'counter-1',1795504359488,'{"rule":"first_in_line"}');
CREATE INDEX journal_by_day ON journal (day);
CREATE INDEX answers_by_time ON answers (at_ms);
CREATE INDEX tickets_by_day ON tickets (day);
CREATE INDEX calls_by_ticket ON calls (ticket);
COMMIT;
