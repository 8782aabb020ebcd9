-- A database as the release with schema 0002 wrote it: two days, records of version 2.
PRAGMA application_id = 0x41554652;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('anonymised_to',41);
INSERT INTO meta VALUES('last_seq',57);
INSERT INTO meta VALUES('segment_from',42);
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
INSERT INTO journal VALUES(1,'2026-11-23',1795417201234,'panel-1',2,'day_opened','{"event":"day_opened","date":"2026-11-23","ends_at":"2026-11-23T23:00:00Z","office":{"version":1,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}},{"key":"cars","series":"b","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"attributes":["induction_loop"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"attributes":["induction_loop"],"area":"ground"}],"areas":[{"key":"ground"}],"rules":{"favoured_in_a_row":3,"undo_within_secs":60}},"resting":[],"bookings":[]}',2557306138);
INSERT INTO journal VALUES(2,'2026-11-23',1795417202468,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000001","number":{"label":"A00001","given_by":{"series":{"series":"a","n":1}}},"queue":"citizens","services":["passport","car"],"language":"und","ahead":0,"persons":1,"priority":1,"source":"counter"}',1793564694);
INSERT INTO journal VALUES(3,'2026-11-23',1795417203702,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000002","number":{"label":"A00002","given_by":{"series":{"series":"a","n":2}}},"queue":"citizens","services":["address"],"language":"und","ahead":1,"persons":2,"priority":2,"source":"kiosk"}',1981719968);
INSERT INTO journal VALUES(4,'2026-11-23',1795417204936,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000003","number":{"label":"B001","given_by":{"series":{"series":"b","n":1}}},"queue":"cars","services":["car"],"language":"und","ahead":0,"persons":3,"priority":3,"source":"kiosk"}',4167128417);
INSERT INTO journal VALUES(5,'2026-11-23',1795417206170,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000004","number":{"label":"A00003","given_by":{"series":{"series":"a","n":3}}},"queue":"citizens","services":["passport"],"language":"und","ahead":1,"persons":1,"priority":1,"source":"kiosk"}',774723365);
INSERT INTO journal VALUES(6,'2026-11-23',1795417207404,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000005","number":{"label":"A00004","given_by":{"series":{"series":"a","n":4}}},"queue":"citizens","services":["address"],"language":"und","ahead":3,"persons":2,"priority":2,"source":"kiosk"}',149973443);
INSERT INTO journal VALUES(7,'2026-11-23',1795417208638,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000006","number":{"label":"B002","given_by":{"series":{"series":"b","n":2}}},"queue":"cars","services":["car"],"language":"und","ahead":1,"persons":3,"priority":3,"source":"kiosk"}',259886922);
INSERT INTO journal VALUES(8,'2026-11-23',1795417209872,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000007","number":{"label":"A00005","given_by":{"series":{"series":"a","n":5}}},"queue":"citizens","services":["passport"],"language":"und","ahead":2,"persons":1,"priority":1,"source":"kiosk"}',461389025);
INSERT INTO journal VALUES(9,'2026-11-23',1795417211106,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000008","number":{"label":"A00006","given_by":{"series":{"series":"a","n":6}}},"queue":"citizens","services":["address"],"language":"und","ahead":5,"persons":2,"priority":2,"source":"counter"}',591235121);
INSERT INTO journal VALUES(10,'2026-11-23',1795417212340,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000009","number":{"label":"B003","given_by":{"series":{"series":"b","n":3}}},"queue":"cars","services":["car"],"language":"und","ahead":2,"persons":3,"priority":3,"source":"kiosk"}',1762542397);
INSERT INTO journal VALUES(11,'2026-11-23',1795417213574,'panel-1',2,'appointment_booked','{"event":"appointment_booked","booking":{"ticket":"00000000-0000-0000-0000-000000000032","number":"T50","at":"2026-11-23T08:00:12.34Z","services":["address"],"language":"und","persons":2,"priority":2,"source":"centre"}}',3365529036);
INSERT INTO journal VALUES(12,'2026-11-23',1795417214808,'panel-1',2,'appointment_booked','{"event":"appointment_booked","booking":{"ticket":"00000000-0000-0000-0000-000000000033","number":"T51","at":"2026-11-23T08:30:13.574Z","services":["passport"],"language":"und","persons":2,"priority":2,"source":"centre"}}',3551878466);
INSERT INTO journal VALUES(13,'2026-11-23',1795417216042,'panel-1',2,'appointment_booked','{"event":"appointment_booked","booking":{"ticket":"00000000-0000-0000-0000-000000000034","number":"T52","at":"2026-11-24T08:00:14.808Z","services":["address"],"language":"und","persons":2,"priority":2,"source":"centre"}}',3299825406);
INSERT INTO journal VALUES(14,'2026-11-23',1795417217276,'panel-1',2,'appointment_booked','{"event":"appointment_booked","booking":{"ticket":"00000000-0000-0000-0000-000000000035","number":"T53","at":"2026-11-24T08:15:16.042Z","services":["car"],"language":"und","persons":2,"priority":2,"source":"centre"}}',4111630722);
INSERT INTO journal VALUES(15,'2026-11-23',1795417218510,'panel-1',2,'counter_opened','{"event":"counter_opened","counter":"counter-1","clerk":null}',3662110100);
INSERT INTO journal VALUES(16,'2026-11-23',1795417219744,'panel-1',2,'counter_opened','{"event":"counter_opened","counter":"counter-2","clerk":null}',247143238);
INSERT INTO journal VALUES(17,'2026-11-23',1795417220978,'panel-1',2,'checked_in','{"event":"checked_in","ticket":"00000000-0000-0000-0000-000000000032","from":"2026-11-23T08:00:12.34Z","ahead":6}',1665637860);
INSERT INTO journal VALUES(18,'2026-11-23',1795417222212,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000001","counter":"counter-1","why":{"rule":"first_in_line"}}',2613237113);
INSERT INTO journal VALUES(19,'2026-11-23',1795417223446,'panel-1',2,'ticket_recalled','{"event":"ticket_recalled","ticket":"00000000-0000-0000-0000-000000000001"}',2709528679);
INSERT INTO journal VALUES(20,'2026-11-23',1795417224680,'panel-1',2,'service_started','{"event":"service_started","ticket":"00000000-0000-0000-0000-000000000001"}',4106312229);
INSERT INTO journal VALUES(21,'2026-11-23',1795417945914,'panel-1',2,'part_served','{"event":"part_served","ticket":"00000000-0000-0000-0000-000000000001","done":["passport"],"rest":["car"],"queue":"cars","persons":1,"result":"served"}',2525612781);
INSERT INTO journal VALUES(22,'2026-11-23',1795417947148,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000004","counter":"counter-1","why":{"rule":"priority","priority":1}}',853464242);
INSERT INTO journal VALUES(23,'2026-11-23',1795417948382,'panel-1',2,'step_undone','{"event":"step_undone","ticket":"00000000-0000-0000-0000-000000000004","step":22}',2668336375);
INSERT INTO journal VALUES(24,'2026-11-23',1795417949616,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000004","counter":"counter-1","why":{"rule":"priority","priority":1}}',2889499848);
INSERT INTO journal VALUES(25,'2026-11-23',1795417950850,'panel-1',2,'called_in_vain','{"event":"called_in_vain","ticket":"00000000-0000-0000-0000-000000000004","until":"2026-11-23T07:17:30.85Z"}',3083739099);
INSERT INTO journal VALUES(26,'2026-11-23',1795417952084,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000001","counter":"counter-2","why":{"rule":"first_in_line"}}',1421587263);
INSERT INTO journal VALUES(27,'2026-11-23',1795417953318,'panel-1',2,'service_started','{"event":"service_started","ticket":"00000000-0000-0000-0000-000000000001"}',245916701);
INSERT INTO journal VALUES(28,'2026-11-23',1795418254552,'panel-1',2,'ticket_transferred','{"event":"ticket_transferred","ticket":"00000000-0000-0000-0000-000000000001","queue":"cars","bound":null}',1158653657);
INSERT INTO journal VALUES(29,'2026-11-23',1795418255786,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000004","counter":"counter-1","why":{"rule":"priority","priority":1}}',943963489);
INSERT INTO journal VALUES(30,'2026-11-23',1795418257020,'panel-1',2,'service_started','{"event":"service_started","ticket":"00000000-0000-0000-0000-000000000004"}',1742544426);
INSERT INTO journal VALUES(31,'2026-11-23',1795418258254,'panel-1',2,'visit_parked','{"event":"visit_parked","ticket":"00000000-0000-0000-0000-000000000004"}',36961543);
INSERT INTO journal VALUES(32,'2026-11-23',1795418259488,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000007","counter":"counter-1","why":{"rule":"priority","priority":1}}',2017139247);
INSERT INTO journal VALUES(33,'2026-11-23',1795418260722,'panel-1',2,'service_started','{"event":"service_started","ticket":"00000000-0000-0000-0000-000000000007"}',427692980);
INSERT INTO journal VALUES(34,'2026-11-23',1795418441956,'panel-1',2,'pick_up_promised','{"event":"pick_up_promised","ticket":"00000000-0000-0000-0000-000000000007","done":["passport"]}',2934831825);
INSERT INTO journal VALUES(35,'2026-11-23',1795418443190,'panel-1',2,'place_paused','{"event":"place_paused","ticket":"00000000-0000-0000-0000-000000000002","until":"2026-11-23T07:30:43.19Z"}',2723810862);
INSERT INTO journal VALUES(36,'2026-11-23',1795418444424,'panel-1',2,'ticket_cancelled','{"event":"ticket_cancelled","ticket":"00000000-0000-0000-0000-000000000003"}',2612417142);
INSERT INTO journal VALUES(37,'2026-11-23',1795418445658,'panel-1',2,'queue_locked','{"event":"queue_locked","queue":"cars","notice":"Closed for a fire drill"}',3621436919);
INSERT INTO journal VALUES(38,'2026-11-23',1795418446892,'panel-1',2,'emergency_raised','{"event":"emergency_raised","counter":"counter-1"}',1179618802);
INSERT INTO journal VALUES(39,'2026-11-23',1795418448126,'panel-1',2,'emergency_accepted','{"event":"emergency_accepted","counter":"counter-1"}',3777732771);
INSERT INTO journal VALUES(40,'2026-11-23',1795418449360,'panel-1',2,'queue_unlocked','{"event":"queue_unlocked","queue":"cars"}',2891636368);
INSERT INTO journal VALUES(41,'2026-11-23',1795504850594,'panel-1',2,'day_closed','{"event":"day_closed","expired":["00000000-0000-0000-0000-000000000001","00000000-0000-0000-0000-000000000002","00000000-0000-0000-0000-000000000004","00000000-0000-0000-0000-000000000005","00000000-0000-0000-0000-000000000006","00000000-0000-0000-0000-000000000007","00000000-0000-0000-0000-000000000008","00000000-0000-0000-0000-000000000009","00000000-0000-0000-0000-000000000032","00000000-0000-0000-0000-000000000033"],"sums":{"queues":{"cars":{"walk_ins":4,"appointments":0,"finished":0,"in_overtime":0,"without_record":0,"not_possible":0,"cancelled":1,"missed":0,"no_shows":0,"not_picked_up":0,"expired":3,"persons":0,"called":1,"waited_ms":19744,"served_ms":1022468},"citizens":{"walk_ins":5,"appointments":2,"finished":0,"in_overtime":0,"without_record":0,"not_possible":0,"cancelled":0,"missed":0,"no_shows":1,"not_picked_up":1,"expired":5,"persons":0,"called":2,"waited_ms":1793062,"served_ms":182468}}}}',283879701);
INSERT INTO journal VALUES(42,'2026-11-24',1795504850594,'panel-1',2,'day_opened','{"event":"day_opened","date":"2026-11-24","ends_at":"2026-11-24T23:00:00Z","office":{"version":1,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}},{"key":"cars","series":"b","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"attributes":["induction_loop"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"attributes":["induction_loop"],"area":"ground"}],"areas":[{"key":"ground"}],"rules":{"favoured_in_a_row":3,"undo_within_secs":60}},"resting":[{"label":"A00001","until":"2026-11-24T08:20:50.594Z"},{"label":"A00002","until":"2026-11-24T08:20:50.594Z"},{"label":"A00003","until":"2026-11-24T08:20:50.594Z"},{"label":"A00004","until":"2026-11-24T08:20:50.594Z"},{"label":"B002","until":"2026-11-24T08:20:50.594Z"},{"label":"A00005","until":"2026-11-24T08:20:50.594Z"},{"label":"A00006","until":"2026-11-24T08:20:50.594Z"},{"label":"B003","until":"2026-11-24T08:20:50.594Z"}],"bookings":[{"ticket":"00000000-0000-0000-0000-000000000034","number":"T52","code":"code-52","at":"2026-11-24T08:00:14.808Z","services":["address"],"language":"uk","needs":["induction_loop"],"persons":2,"priority":2,"source":"centre"},{"ticket":"00000000-0000-0000-0000-000000000035","number":"T53","at":"2026-11-24T08:15:16.042Z","services":["car"],"language":"uk","persons":2,"priority":2,"source":"centre"}]}',649774329);
INSERT INTO journal VALUES(43,'2026-11-24',1795504851828,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000a","number":{"label":"A00007","given_by":{"series":{"series":"a","n":7}}},"queue":"citizens","services":["passport","car"],"language":"de","needs":["induction_loop"],"promise":{"low":"2026-11-24T07:25:51.828Z","mid":"2026-11-24T07:30:51.828Z","high":"2026-11-24T07:40:51.828Z"},"ahead":0,"persons":1,"priority":1,"source":"counter"}',413272598);
INSERT INTO journal VALUES(44,'2026-11-24',1795504853062,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000b","number":{"label":"A00008","given_by":{"series":{"series":"a","n":8}}},"queue":"citizens","services":["address"],"language":"de","ahead":1,"persons":2,"priority":2,"source":"kiosk"}',1254113833);
INSERT INTO journal VALUES(45,'2026-11-24',1795504854296,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000c","number":{"label":"B001","given_by":{"series":{"series":"b","n":1}}},"queue":"cars","services":["car"],"language":"de","promise":{"low":"2026-11-24T07:25:54.296Z","mid":"2026-11-24T07:30:54.296Z","high":"2026-11-24T07:40:54.296Z"},"ahead":0,"persons":3,"priority":3,"source":"kiosk"}',2552577851);
INSERT INTO journal VALUES(46,'2026-11-24',1795504855530,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000d","number":{"label":"A00009","given_by":{"series":{"series":"a","n":9}}},"queue":"citizens","services":["passport"],"language":"de","ahead":1,"persons":1,"priority":1,"source":"kiosk"}',662540422);
INSERT INTO journal VALUES(47,'2026-11-24',1795504856764,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000e","number":{"label":"A00010","given_by":{"series":{"series":"a","n":10}}},"queue":"citizens","services":["address"],"language":"de","needs":["induction_loop"],"promise":{"low":"2026-11-24T07:25:56.764Z","mid":"2026-11-24T07:30:56.764Z","high":"2026-11-24T07:40:56.764Z"},"ahead":3,"persons":2,"priority":2,"source":"kiosk"}',3887306007);
INSERT INTO journal VALUES(48,'2026-11-24',1795504857998,'panel-1',2,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000f","number":{"label":"B004","given_by":{"series":{"series":"b","n":4}}},"queue":"cars","services":["car"],"language":"de","ahead":1,"persons":3,"priority":3,"source":"kiosk"}',3690468671);
INSERT INTO journal VALUES(49,'2026-11-24',1795504859232,'panel-1',2,'checked_in','{"event":"checked_in","ticket":"00000000-0000-0000-0000-000000000034","from":"2026-11-24T08:00:14.808Z","ahead":4}',3006539725);
INSERT INTO journal VALUES(50,'2026-11-24',1795504860466,'panel-1',2,'counter_opened','{"event":"counter_opened","counter":"counter-1","clerk":"aylin"}',4261451909);
INSERT INTO journal VALUES(51,'2026-11-24',1795504861700,'panel-1',2,'counter_opened','{"event":"counter_opened","counter":"counter-2","clerk":"bruno"}',4223400774);
INSERT INTO journal VALUES(52,'2026-11-24',1795504862934,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-00000000000a","counter":"counter-1","why":{"rule":"first_in_line"}}',3589496375);
INSERT INTO journal VALUES(53,'2026-11-24',1795504864168,'panel-1',2,'service_started','{"event":"service_started","ticket":"00000000-0000-0000-0000-00000000000a"}',934284893);
INSERT INTO journal VALUES(54,'2026-11-24',1795505405402,'panel-1',2,'visit_parked','{"event":"visit_parked","ticket":"00000000-0000-0000-0000-00000000000a"}',1887962638);
INSERT INTO journal VALUES(55,'2026-11-24',1795505406636,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-00000000000d","counter":"counter-1","why":{"rule":"priority","priority":1}}',492830232);
INSERT INTO journal VALUES(56,'2026-11-24',1795505407870,'panel-1',2,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-00000000000b","counter":"counter-2","why":{"rule":"first_in_line"}}',1923280383);
INSERT INTO journal VALUES(57,'2026-11-24',1795505409104,'panel-1',2,'office_changed','{"event":"office_changed","office":{"version":2,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}},{"key":"cars","series":"b","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"attributes":["induction_loop"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"attributes":["induction_loop"],"area":"ground"}],"areas":[{"key":"ground"}],"rules":{"favoured_in_a_row":3,"undo_within_secs":60}}}',4196934077);
CREATE TABLE snapshots (
    seq INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    format INTEGER NOT NULL,
    state TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO snapshots VALUES(57,'2026-11-24',4,'{"day":{"date":"2026-11-24","ends_at":"2026-11-24T23:00:00Z","office":{"version":2,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}},{"key":"cars","series":"b","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"attributes":["induction_loop"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"attributes":["induction_loop"],"area":"ground"}],"areas":[{"key":"ground"}],"rules":{"favoured_in_a_row":3,"undo_within_secs":60}},"overtime_ends":{},"ended":[]},"tickets":{"00000000-0000-0000-0000-00000000000a":{"id":"00000000-0000-0000-0000-00000000000a","number":{"label":"A00007","given_by":{"series":{"series":"a","n":7}}},"queue":"citizens","services":["passport","car"],"served":[],"persons":1,"language":"de","needs":["induction_loop"],"priority":1,"source":"counter","appointment":null,"known_at":"2026-11-24T07:20:51.828Z","arrived_at":"2026-11-24T07:20:51.828Z","issued_by":"panel-1","ahead":0,"promise":{"low":"2026-11-24T07:25:51.828Z","mid":"2026-11-24T07:30:51.828Z","high":"2026-11-24T07:40:51.828Z"},"place":{"at":"2026-11-24T07:20:51.828Z","seq":43,"then":0},"bound":null,"calls":1,"calls_in_vain":0,"why":{"rule":"first_in_line"},"first_called_at":"2026-11-24T07:21:02.934Z","served_ms":541234,"state":{"state":"parked","counter":"counter-1"},"since":"2026-11-24T07:30:05.402Z"},"00000000-0000-0000-0000-00000000000b":{"id":"00000000-0000-0000-0000-00000000000b","number":{"label":"A00008","given_by":{"series":{"series":"a","n":8}}},"queue":"citizens","services":["address"],"served":[],"persons":2,"language":"de","needs":[],"priority":2,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:20:53.062Z","arrived_at":"2026-11-24T07:20:53.062Z","issued_by":"panel-1","ahead":1,"promise":null,"place":{"at":"2026-11-24T07:20:53.062Z","seq":44,"then":0},"bound":null,"calls":1,"calls_in_vain":0,"why":{"rule":"first_in_line"},"first_called_at":"2026-11-24T07:30:07.87Z","served_ms":0,"state":{"state":"called","counter":"counter-2","call":56},"since":"2026-11-24T07:30:07.87Z"},"00000000-0000-0000-0000-00000000000c":{"id":"00000000-0000-0000-0000-00000000000c","number":{"label":"B001","given_by":{"series":{"series":"b","n":1}}},"queue":"cars","services":["car"],"served":[],"persons":3,"language":"de","needs":[],"priority":3,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:20:54.296Z","arrived_at":"2026-11-24T07:20:54.296Z","issued_by":"panel-1","ahead":0,"promise":{"low":"2026-11-24T07:25:54.296Z","mid":"2026-11-24T07:30:54.296Z","high":"2026-11-24T07:40:54.296Z"},"place":{"at":"2026-11-24T07:20:54.296Z","seq":45,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"why":null,"first_called_at":null,"served_ms":0,"state":{"state":"waiting"},"since":"2026-11-24T07:20:54.296Z"},"00000000-0000-0000-0000-00000000000d":{"id":"00000000-0000-0000-0000-00000000000d","number":{"label":"A00009","given_by":{"series":{"series":"a","n":9}}},"queue":"citizens","services":["passport"],"served":[],"persons":1,"language":"de","needs":[],"priority":1,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:20:55.53Z","arrived_at":"2026-11-24T07:20:55.53Z","issued_by":"panel-1","ahead":1,"promise":null,"place":{"at":"2026-11-24T07:20:55.53Z","seq":46,"then":0},"bound":null,"calls":1,"calls_in_vain":0,"why":{"rule":"priority","priority":1},"first_called_at":"2026-11-24T07:30:06.636Z","served_ms":0,"state":{"state":"called","counter":"counter-1","call":55},"since":"2026-11-24T07:30:06.636Z"},"00000000-0000-0000-0000-00000000000e":{"id":"00000000-0000-0000-0000-00000000000e","number":{"label":"A00010","given_by":{"series":{"series":"a","n":10}}},"queue":"citizens","services":["address"],"served":[],"persons":2,"language":"de","needs":["induction_loop"],"priority":2,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:20:56.764Z","arrived_at":"2026-11-24T07:20:56.764Z","issued_by":"panel-1","ahead":3,"promise":{"low":"2026-11-24T07:25:56.764Z","mid":"2026-11-24T07:30:56.764Z","high":"2026-11-24T07:40:56.764Z"},"place":{"at":"2026-11-24T07:20:56.764Z","seq":47,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"why":null,"first_called_at":null,"served_ms":0,"state":{"state":"waiting"},"since":"2026-11-24T07:20:56.764Z"},"00000000-0000-0000-0000-00000000000f":{"id":"00000000-0000-0000-0000-00000000000f","number":{"label":"B004","given_by":{"series":{"series":"b","n":4}}},"queue":"cars","services":["car"],"served":[],"persons":3,"language":"de","needs":[],"priority":3,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:20:57.998Z","arrived_at":"2026-11-24T07:20:57.998Z","issued_by":"panel-1","ahead":1,"promise":null,"place":{"at":"2026-11-24T07:20:57.998Z","seq":48,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"why":null,"first_called_at":null,"served_ms":0,"state":{"state":"waiting"},"since":"2026-11-24T07:20:57.998Z"},"00000000-0000-0000-0000-000000000034":{"id":"00000000-0000-0000-0000-000000000034","number":{"label":"T52","given_by":"centre"},"queue":"citizens","services":["address"],"served":[],"persons":2,"language":"uk","needs":["induction_loop"],"priority":2,"source":"centre","appointment":{"at":"2026-11-24T08:00:14.808Z","code":"code-52"},"known_at":"2026-11-24T07:20:50.594Z","arrived_at":"2026-11-24T07:20:59.232Z","issued_by":"panel-1","ahead":4,"promise":null,"place":{"at":"2026-11-24T08:00:14.808Z","seq":49,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"why":null,"first_called_at":null,"served_ms":0,"state":{"state":"waiting"},"since":"2026-11-24T07:20:59.232Z"},"00000000-0000-0000-0000-000000000035":{"id":"00000000-0000-0000-0000-000000000035","number":{"label":"T53","given_by":"centre"},"queue":"cars","services":["car"],"served":[],"persons":2,"language":"uk","needs":[],"priority":2,"source":"centre","appointment":{"at":"2026-11-24T08:15:16.042Z"},"known_at":"2026-11-24T07:20:50.594Z","arrived_at":null,"issued_by":"panel-1","ahead":0,"promise":null,"place":{"at":"2026-11-24T08:15:16.042Z","seq":42,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"why":null,"first_called_at":null,"served_ms":0,"state":{"state":"booked"},"since":"2026-11-24T07:20:50.594Z"}},"lines":{"cars":[[{"priority":3,"services":["car"],"needs":[],"bound":null},[[{"at":"2026-11-24T07:20:54.296Z","seq":45,"then":0},"00000000-0000-0000-0000-00000000000c"],[{"at":"2026-11-24T07:20:57.998Z","seq":48,"then":0},"00000000-0000-0000-0000-00000000000f"]]]],"citizens":[[{"priority":2,"services":["address"],"needs":["induction_loop"],"bound":null},[[{"at":"2026-11-24T07:20:56.764Z","seq":47,"then":0},"00000000-0000-0000-0000-00000000000e"],[{"at":"2026-11-24T08:00:14.808Z","seq":49,"then":0},"00000000-0000-0000-0000-000000000034"]]]]},"booked":{"cars":[["2026-11-24T08:15:16.042Z","00000000-0000-0000-0000-000000000035"]]},"codes":{"CODE52":"00000000-0000-0000-0000-000000000034","T52":"00000000-0000-0000-0000-000000000034","T53":"00000000-0000-0000-0000-000000000035"},"received":{"00000000-0000-0000-0000-000000000034":{"ticket":"00000000-0000-0000-0000-000000000034","number":"T52","code":"code-52","at":"2026-11-24T08:00:14.808Z","services":["address"],"language":"uk","needs":["induction_loop"],"persons":2,"priority":2,"source":"centre"},"00000000-0000-0000-0000-000000000035":{"ticket":"00000000-0000-0000-0000-000000000035","number":"T53","at":"2026-11-24T08:15:16.042Z","services":["car"],"language":"uk","persons":2,"priority":2,"source":"centre"}},"bookings":{},"later_codes":{},"counters":{"counter-1":{"mode":"open","clerk":"aylin","running":"00000000-0000-0000-0000-00000000000d","called_at":"2026-11-24T07:30:06.636Z","favoured":1},"counter-2":{"mode":"open","clerk":"bruno","running":"00000000-0000-0000-0000-00000000000b","called_at":"2026-11-24T07:30:07.87Z","favoured":0}},"locks":{},"emergencies":{},"taken":{"cars":2,"citizens":3},"numbers":{"next":{"a":11,"b":5},"taken":{"A00001":"2026-11-24T08:20:50.594Z","A00002":"2026-11-24T08:20:50.594Z","A00003":"2026-11-24T08:20:50.594Z","A00004":"2026-11-24T08:20:50.594Z","A00005":"2026-11-24T08:20:50.594Z","A00006":"2026-11-24T08:20:50.594Z","A00007":null,"A00008":null,"A00009":null,"A00010":null,"B001":null,"B002":"2026-11-24T08:20:50.594Z","B003":"2026-11-24T08:20:50.594Z","B004":null,"T52":null,"T53":null}},"undos":{"steps":{},"latest":{}},"finished":0,"last_seq":57,"last_at":"2026-11-24T07:30:09.104Z"}',3185961976);
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    key TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (device, key)
) STRICT;
INSERT INTO answers VALUES(1,'panel-1','key-0',1795417202468,201,'A000');
INSERT INTO answers VALUES(2,'panel-1','key-1',1795417203702,201,'A001');
INSERT INTO answers VALUES(3,'panel-1','key-2',1795417204936,201,'A002');
INSERT INTO answers VALUES(4,'panel-1','key-3',1795417206170,201,'A003');
INSERT INTO answers VALUES(5,'panel-1','key-4',1795417207404,201,'A004');
INSERT INTO answers VALUES(6,'panel-1','key-5',1795417208638,201,'A005');
INSERT INTO answers VALUES(7,'panel-1','key-6',1795417209872,201,'A006');
INSERT INTO answers VALUES(8,'panel-1','key-7',1795417211106,201,'A007');
INSERT INTO answers VALUES(9,'panel-1','key-8',1795417212340,201,'A008');
CREATE TABLE office_documents (
    version INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
INSERT INTO office_documents VALUES(1,'[office]',1795413600000);
CREATE TABLE tickets (
    day TEXT NOT NULL,
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    -- Null where the centre gave the number.
    series TEXT,
    n INTEGER,
    queue TEXT NOT NULL,
    -- What is still to be done, and what was done.
    services TEXT NOT NULL,
    served TEXT NOT NULL,
    persons INTEGER NOT NULL,
    -- und and [] once the day is closed; code is null then.
    language TEXT NOT NULL,
    needs TEXT NOT NULL,
    priority INTEGER NOT NULL,
    source TEXT NOT NULL,
    -- Null for a walk-in.
    appointment_ms INTEGER,
    code TEXT,
    known_ms INTEGER NOT NULL,
    -- Null as long as nobody knows that the person is here.
    arrived_ms INTEGER,
    issued_by TEXT NOT NULL,
    ahead INTEGER NOT NULL,
    low_ms INTEGER,
    mid_ms INTEGER,
    high_ms INTEGER,
    place_ms INTEGER NOT NULL,
    place_seq INTEGER NOT NULL,
    place_then INTEGER NOT NULL,
    bound_counter TEXT,
    bound_clerk TEXT,
    calls INTEGER NOT NULL,
    calls_in_vain INTEGER NOT NULL,
    first_called_ms INTEGER,
    -- The rule that the latest call followed.
    why TEXT,
    served_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    counter TEXT,
    call_seq INTEGER,
    pause_until_ms INTEGER,
    pause_cause TEXT,
    result TEXT,
    expired_from TEXT,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (day, id)
) STRICT, WITHOUT ROWID;
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000001','A00001','a',1,'cars','["car"]','["passport"]',1,'und','[]',1,'counter',NULL,NULL,1795417202468,1795417202468,'panel-1',0,NULL,NULL,NULL,1795417202468,2,0,NULL,NULL,3,0,1795417222212,'{"rule":"first_in_line"}',1022468,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000002','A00002','a',2,'citizens','["address"]','[]',2,'und','[]',2,'kiosk',NULL,NULL,1795417203702,1795417203702,'panel-1',1,NULL,NULL,NULL,1795417203702,3,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000003','B001','b',1,'cars','["car"]','[]',3,'und','[]',3,'kiosk',NULL,NULL,1795417204936,1795417204936,'panel-1',0,NULL,NULL,NULL,1795417204936,4,0,NULL,NULL,0,0,NULL,NULL,0,'cancelled',NULL,NULL,NULL,NULL,NULL,NULL,1795418444424);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000004','A00003','a',3,'citizens','["passport"]','[]',1,'und','[]',1,'kiosk',NULL,NULL,1795417206170,1795417206170,'panel-1',1,NULL,NULL,NULL,1795417206170,5,0,NULL,NULL,2,0,1795417949616,'{"rule":"priority","priority":1}',1234,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000005','A00004','a',4,'citizens','["address"]','[]',2,'und','[]',2,'kiosk',NULL,NULL,1795417207404,1795417207404,'panel-1',3,NULL,NULL,NULL,1795417207404,6,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000006','B002','b',2,'cars','["car"]','[]',3,'und','[]',3,'kiosk',NULL,NULL,1795417208638,1795417208638,'panel-1',1,NULL,NULL,NULL,1795417208638,7,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000007','A00005','a',5,'citizens','["passport"]','["passport"]',1,'und','[]',1,'kiosk',NULL,NULL,1795417209872,1795417209872,'panel-1',2,NULL,NULL,NULL,1795417209872,8,0,NULL,NULL,1,0,1795418259488,'{"rule":"priority","priority":1}',181234,'expired',NULL,NULL,NULL,NULL,NULL,'pick_up',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000008','A00006','a',6,'citizens','["address"]','[]',2,'und','[]',2,'counter',NULL,NULL,1795417211106,1795417211106,'panel-1',5,NULL,NULL,NULL,1795417211106,9,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000009','B003','b',3,'cars','["car"]','[]',3,'und','[]',3,'kiosk',NULL,NULL,1795417212340,1795417212340,'panel-1',2,NULL,NULL,NULL,1795417212340,10,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000032','T50',NULL,NULL,'citizens','["address"]','[]',2,'und','[]',2,'centre',1795420812340,NULL,1795417213574,1795417220978,'panel-1',6,NULL,NULL,NULL,1795420812340,17,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795504850594);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000033','T51',NULL,NULL,'citizens','["passport"]','[]',2,'und','[]',2,'centre',1795422613574,NULL,1795417214808,NULL,'panel-1',0,NULL,NULL,NULL,1795422613574,12,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'booked',1795504850594);
INSERT INTO tickets VALUES('2026-11-24',X'0000000000000000000000000000000a','A00007','a',7,'citizens','["passport","car"]','[]',1,'de','["induction_loop"]',1,'counter',NULL,NULL,1795504851828,1795504851828,'panel-1',0,1795505151828,1795505451828,1795506051828,1795504851828,43,0,NULL,NULL,1,0,1795504862934,'{"rule":"first_in_line"}',541234,'parked','counter-1',NULL,NULL,NULL,NULL,NULL,1795505405402);
INSERT INTO tickets VALUES('2026-11-24',X'0000000000000000000000000000000b','A00008','a',8,'citizens','["address"]','[]',2,'de','[]',2,'kiosk',NULL,NULL,1795504853062,1795504853062,'panel-1',1,NULL,NULL,NULL,1795504853062,44,0,NULL,NULL,1,0,1795505407870,'{"rule":"first_in_line"}',0,'called','counter-2',56,NULL,NULL,NULL,NULL,1795505407870);
INSERT INTO tickets VALUES('2026-11-24',X'0000000000000000000000000000000c','B001','b',1,'cars','["car"]','[]',3,'de','[]',3,'kiosk',NULL,NULL,1795504854296,1795504854296,'panel-1',0,1795505154296,1795505454296,1795506054296,1795504854296,45,0,NULL,NULL,0,0,NULL,NULL,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL,1795504854296);
INSERT INTO tickets VALUES('2026-11-24',X'0000000000000000000000000000000d','A00009','a',9,'citizens','["passport"]','[]',1,'de','[]',1,'kiosk',NULL,NULL,1795504855530,1795504855530,'panel-1',1,NULL,NULL,NULL,1795504855530,46,0,NULL,NULL,1,0,1795505406636,'{"rule":"priority","priority":1}',0,'called','counter-1',55,NULL,NULL,NULL,NULL,1795505406636);
INSERT INTO tickets VALUES('2026-11-24',X'0000000000000000000000000000000e','A00010','a',10,'citizens','["address"]','[]',2,'de','["induction_loop"]',2,'kiosk',NULL,NULL,1795504856764,1795504856764,'panel-1',3,1795505156764,1795505456764,1795506056764,1795504856764,47,0,NULL,NULL,0,0,NULL,NULL,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL,1795504856764);
INSERT INTO tickets VALUES('2026-11-24',X'0000000000000000000000000000000f','B004','b',4,'cars','["car"]','[]',3,'de','[]',3,'kiosk',NULL,NULL,1795504857998,1795504857998,'panel-1',1,NULL,NULL,NULL,1795504857998,48,0,NULL,NULL,0,0,NULL,NULL,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL,1795504857998);
INSERT INTO tickets VALUES('2026-11-24',X'00000000000000000000000000000034','T52',NULL,NULL,'citizens','["address"]','[]',2,'uk','["induction_loop"]',2,'centre',1795507214808,'code-52',1795504850594,1795504859232,'panel-1',4,NULL,NULL,NULL,1795507214808,49,0,NULL,NULL,0,0,NULL,NULL,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL,1795504859232);
INSERT INTO tickets VALUES('2026-11-24',X'00000000000000000000000000000035','T53',NULL,NULL,'cars','["car"]','[]',2,'uk','[]',2,'centre',1795508116042,NULL,1795504850594,NULL,'panel-1',0,NULL,NULL,NULL,1795508116042,42,0,NULL,NULL,0,0,NULL,NULL,0,'booked',NULL,NULL,NULL,NULL,NULL,NULL,1795504850594);
CREATE TABLE calls (
    seq INTEGER PRIMARY KEY,
    ticket BLOB NOT NULL,
    day TEXT NOT NULL,
    nth INTEGER NOT NULL,
    counter TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    why TEXT,
    taken_back INTEGER,
    FOREIGN KEY (day, ticket) REFERENCES tickets (day, id) ON DELETE CASCADE
) STRICT;
INSERT INTO calls VALUES(18,X'00000000000000000000000000000001','2026-11-23',1,'counter-1',1795417222212,'call','{"rule":"first_in_line"}',NULL);
INSERT INTO calls VALUES(19,X'00000000000000000000000000000001','2026-11-23',2,'counter-1',1795417223446,'recall',NULL,NULL);
INSERT INTO calls VALUES(22,X'00000000000000000000000000000004','2026-11-23',1,'counter-1',1795417947148,'call','{"rule":"priority","priority":1}',23);
INSERT INTO calls VALUES(24,X'00000000000000000000000000000004','2026-11-23',1,'counter-1',1795417949616,'call','{"rule":"priority","priority":1}',NULL);
INSERT INTO calls VALUES(26,X'00000000000000000000000000000001','2026-11-23',3,'counter-2',1795417952084,'call','{"rule":"first_in_line"}',NULL);
INSERT INTO calls VALUES(29,X'00000000000000000000000000000004','2026-11-23',2,'counter-1',1795418255786,'call','{"rule":"priority","priority":1}',NULL);
INSERT INTO calls VALUES(32,X'00000000000000000000000000000007','2026-11-23',1,'counter-1',1795418259488,'call','{"rule":"priority","priority":1}',NULL);
INSERT INTO calls VALUES(52,X'0000000000000000000000000000000a','2026-11-24',1,'counter-1',1795504862934,'call','{"rule":"first_in_line"}',NULL);
INSERT INTO calls VALUES(55,X'0000000000000000000000000000000d','2026-11-24',1,'counter-1',1795505406636,'call','{"rule":"priority","priority":1}',NULL);
INSERT INTO calls VALUES(56,X'0000000000000000000000000000000b','2026-11-24',1,'counter-2',1795505407870,'call','{"rule":"first_in_line"}',NULL);
CREATE TABLE personal_notes (
    id INTEGER PRIMARY KEY,
    ticket BLOB NOT NULL UNIQUE,
    written_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE day_sums (
    day TEXT PRIMARY KEY,
    sums TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO day_sums VALUES('2026-11-23','{"queues":{"cars":{"walk_ins":4,"appointments":0,"finished":0,"in_overtime":0,"without_record":0,"not_possible":0,"cancelled":1,"missed":0,"no_shows":0,"not_picked_up":0,"expired":3,"persons":0,"called":1,"waited_ms":19744,"served_ms":1022468},"citizens":{"walk_ins":5,"appointments":2,"finished":0,"in_overtime":0,"without_record":0,"not_possible":0,"cancelled":0,"missed":0,"no_shows":1,"not_picked_up":1,"expired":5,"persons":0,"called":2,"waited_ms":1793062,"served_ms":182468}}}');
CREATE INDEX journal_by_day ON journal (day);
CREATE INDEX answers_by_time ON answers (at_ms);
CREATE INDEX tickets_by_id ON tickets (id);
CREATE INDEX calls_by_ticket ON calls (ticket, day);
COMMIT;
