-- A database as a program with schema 0004 wrote it: the two days of schema 0003, and who may come in.
PRAGMA application_id = 0x41554652;
PRAGMA user_version = 4;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    key TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (device, key)
) STRICT;
INSERT INTO answers VALUES(1,'panel-1','key-1',1795417229616,201,'A001');
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
INSERT INTO calls VALUES(22,X'00000000000000000000000000000001','2026-11-23',1,'counter-1',1795417228382,'call','{"rule":"first_in_line"}',NULL);
INSERT INTO calls VALUES(24,X'00000000000000000000000000000002','2026-11-23',1,'counter-2',1795417230850,'call','{"rule":"first_in_line"}',NULL);
INSERT INTO calls VALUES(28,X'00000000000000000000000000000004','2026-11-23',1,'counter-1',1795417238254,'call','{"rule":"first_in_line"}',NULL);
INSERT INTO calls VALUES(45,X'00000000000000000000000000000013','2026-11-24',1,'counter-1',1795503659232,'call','{"rule":"chosen"}',NULL);
INSERT INTO calls VALUES(46,X'00000000000000000000000000000014','2026-11-24',1,'counter-2',1795503661700,'call','{"rule":"priority","priority":2}',NULL);
CREATE TABLE day_sums (
    day TEXT PRIMARY KEY,
    sums TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO day_sums VALUES('2026-11-23','{"queues":{"cars":{"walk_ins":6,"appointments":0,"finished":0,"in_overtime":0,"without_record":0,"not_possible":0,"cancelled":0,"missed":0,"no_shows":0,"not_picked_up":0,"expired":6,"persons":0,"called":1,"waited_ms":22212,"served_ms":7404},"citizens":{"walk_ins":8,"appointments":2,"finished":0,"in_overtime":0,"without_record":0,"not_possible":0,"cancelled":1,"missed":0,"no_shows":1,"not_picked_up":0,"expired":8,"persons":0,"called":2,"waited_ms":51828,"served_ms":0}},"taught":{"days":1000,"services":{},"in_vain":{"count":0,"ms":0},"came":1000,"stayed_away":1000,"waits":{"called":[3000,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"gone":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]},"arrivals":{"address":[[48,5000]],"car":[[48,5000]],"passport":[[48,4000]]},"windows":{"loads":[[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0]]}},"alarms":1,"open_ms":115193830,"planned_ms":null}');
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
INSERT INTO journal VALUES(1,'2026-11-23',1795417201234,'panel-1',3,'day_opened','{"event":"day_opened","date":"2026-11-23","ends_at":"2026-11-23T23:00:00Z","office":{"version":1,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"early_call_min":5,"max_hold_min":2,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}},{"key":"cars","series":"b","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"early_call_min":5,"max_hold_min":2,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"attributes":["induction_loop"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"attributes":["induction_loop"],"area":"ground"}],"areas":[{"key":"ground"}],"rules":{"favoured_in_a_row":6,"overtaken_at_most":5,"undo_within_secs":60}},"resting":[],"bookings":[],"learned":{"days":0,"services":{},"in_vain":{"count":0,"ms":0},"came":0,"stayed_away":0,"waits":{"called":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"gone":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]},"arrivals":{},"windows":{"loads":[[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0]]}}}',3381647211);
INSERT INTO journal VALUES(2,'2026-11-23',1795417202468,'panel-1',3,'counter_opened','{"event":"counter_opened","counter":"counter-1","clerk":null}',2644134240);
INSERT INTO journal VALUES(3,'2026-11-23',1795417203702,'panel-1',3,'counter_opened','{"event":"counter_opened","counter":"counter-2","clerk":null}',879570524);
INSERT INTO journal VALUES(4,'2026-11-23',1795417206170,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000001","number":{"label":"A00001","given_by":{"series":{"series":"a","n":1}}},"queue":"citizens","services":["passport","car"],"language":"und","ahead":0,"persons":1,"priority":1,"source":"counter"}',3207644006);
INSERT INTO journal VALUES(5,'2026-11-23',1795417207404,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000002","number":{"label":"A00002","given_by":{"series":{"series":"a","n":2}}},"queue":"citizens","services":["address"],"language":"und","ahead":1,"persons":2,"priority":2,"source":"kiosk"}',2463424747);
INSERT INTO journal VALUES(6,'2026-11-23',1795417208638,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000003","number":{"label":"B001","given_by":{"series":{"series":"b","n":1}}},"queue":"cars","services":["car"],"language":"und","ahead":0,"persons":3,"priority":3,"source":"kiosk"}',3028890453);
INSERT INTO journal VALUES(7,'2026-11-23',1795417209872,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000004","number":{"label":"A00003","given_by":{"series":{"series":"a","n":3}}},"queue":"citizens","services":["passport"],"language":"und","ahead":1,"persons":1,"priority":1,"source":"kiosk"}',3301343576);
INSERT INTO journal VALUES(8,'2026-11-23',1795417211106,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000005","number":{"label":"A00004","given_by":{"series":{"series":"a","n":4}}},"queue":"citizens","services":["address"],"language":"und","ahead":3,"persons":2,"priority":2,"source":"kiosk"}',1319076065);
INSERT INTO journal VALUES(9,'2026-11-23',1795417212340,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000006","number":{"label":"B002","given_by":{"series":{"series":"b","n":2}}},"queue":"cars","services":["car"],"language":"und","ahead":1,"persons":3,"priority":3,"source":"kiosk"}',3640309322);
INSERT INTO journal VALUES(10,'2026-11-23',1795417213574,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000007","number":{"label":"A00005","given_by":{"series":{"series":"a","n":5}}},"queue":"citizens","services":["passport"],"language":"und","ahead":2,"persons":1,"priority":1,"source":"kiosk"}',2859285492);
INSERT INTO journal VALUES(11,'2026-11-23',1795417214808,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000008","number":{"label":"A00006","given_by":{"series":{"series":"a","n":6}}},"queue":"citizens","services":["address"],"language":"und","ahead":5,"persons":2,"priority":2,"source":"counter"}',45158007);
INSERT INTO journal VALUES(12,'2026-11-23',1795417216042,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000009","number":{"label":"B003","given_by":{"series":{"series":"b","n":3}}},"queue":"cars","services":["car"],"language":"und","ahead":2,"persons":3,"priority":3,"source":"kiosk"}',4090155420);
INSERT INTO journal VALUES(13,'2026-11-23',1795417217276,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000a","number":{"label":"A00007","given_by":{"series":{"series":"a","n":7}}},"queue":"citizens","services":["passport"],"language":"und","ahead":3,"persons":1,"priority":1,"source":"kiosk"}',901458013);
INSERT INTO journal VALUES(14,'2026-11-23',1795417218510,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000b","number":{"label":"A00008","given_by":{"series":{"series":"a","n":8}}},"queue":"citizens","services":["address"],"language":"und","ahead":7,"persons":2,"priority":2,"source":"kiosk"}',274228989);
INSERT INTO journal VALUES(15,'2026-11-23',1795417219744,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000c","number":{"label":"B004","given_by":{"series":{"series":"b","n":4}}},"queue":"cars","services":["car"],"language":"und","ahead":3,"persons":3,"priority":3,"source":"kiosk"}',3178598441);
INSERT INTO journal VALUES(16,'2026-11-23',1795417220978,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000d","number":{"label":"A00009","given_by":{"series":{"series":"a","n":9}}},"queue":"citizens","services":["passport"],"language":"und","ahead":4,"persons":1,"priority":1,"source":"kiosk"}',579109376);
INSERT INTO journal VALUES(17,'2026-11-23',1795417222212,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-00000000000e","number":{"label":"A00010","given_by":{"series":{"series":"a","n":10}}},"queue":"citizens","services":["address"],"language":"und","ahead":9,"persons":2,"priority":2,"source":"kiosk"}',1820679720);
INSERT INTO journal VALUES(18,'2026-11-23',1795417223446,'panel-1',3,'appointment_booked','{"event":"appointment_booked","booking":{"ticket":"00000000-0000-0000-0000-00000000000f","number":"T15","at":"2026-11-23T08:00:23.446Z","services":["address"],"language":"und","persons":2,"priority":2,"source":"centre"}}',4092302314);
INSERT INTO journal VALUES(19,'2026-11-23',1795417224680,'panel-1',3,'appointment_booked','{"event":"appointment_booked","booking":{"ticket":"00000000-0000-0000-0000-000000000010","number":"T16","at":"2026-11-24T13:00:24.68Z","services":["passport","car"],"language":"und","persons":2,"priority":2,"source":"centre"}}',738803989);
INSERT INTO journal VALUES(20,'2026-11-23',1795417225914,'panel-1',3,'appointment_booked','{"event":"appointment_booked","booking":{"ticket":"00000000-0000-0000-0000-000000000011","number":"T17","at":"2026-11-23T08:30:25.914Z","services":["passport"],"language":"und","persons":2,"priority":2,"source":"centre"}}',2014545132);
INSERT INTO journal VALUES(21,'2026-11-23',1795417227148,'panel-1',3,'checked_in','{"event":"checked_in","ticket":"00000000-0000-0000-0000-00000000000f","from":"2026-11-23T08:00:23.446Z","ahead":10}',3217059244);
INSERT INTO journal VALUES(22,'2026-11-23',1795417228382,'panel-1',3,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000001","counter":"counter-1","why":{"rule":"first_in_line"}}',1436477094);
INSERT INTO journal VALUES(23,'2026-11-23',1795417229616,'panel-1',3,'service_started','{"event":"service_started","ticket":"00000000-0000-0000-0000-000000000001"}',2020075333);
INSERT INTO journal VALUES(24,'2026-11-23',1795417230850,'panel-1',3,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000002","counter":"counter-2","why":{"rule":"first_in_line"}}',1772754224);
INSERT INTO journal VALUES(25,'2026-11-23',1795417232084,'panel-1',3,'called_in_vain','{"event":"called_in_vain","ticket":"00000000-0000-0000-0000-000000000002","until":"2026-11-23T07:05:32.084Z"}',1071628270);
INSERT INTO journal VALUES(26,'2026-11-23',1795417234552,'panel-1',3,'step_undone','{"event":"step_undone","ticket":"00000000-0000-0000-0000-000000000002","step":25}',3985489442);
INSERT INTO journal VALUES(27,'2026-11-23',1795417237020,'panel-1',3,'part_served','{"event":"part_served","ticket":"00000000-0000-0000-0000-000000000001","done":["passport"],"rest":["car"],"queue":"cars","persons":1,"result":"served"}',1833688294);
INSERT INTO journal VALUES(28,'2026-11-23',1795417238254,'panel-1',3,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000004","counter":"counter-1","why":{"rule":"first_in_line"}}',124718927);
INSERT INTO journal VALUES(29,'2026-11-23',1795417240722,'panel-1',3,'queue_locked','{"event":"queue_locked","queue":"citizens","notice":"Closed for a fire drill"}',1755055011);
INSERT INTO journal VALUES(30,'2026-11-23',1795417241956,'panel-1',3,'sold_out','{"event":"sold_out","services":["car"]}',2914273104);
INSERT INTO journal VALUES(31,'2026-11-23',1795417243190,'panel-1',3,'emergency_raised','{"event":"emergency_raised","counter":"counter-1"}',3169334169);
INSERT INTO journal VALUES(32,'2026-11-23',1795417244424,'panel-1',3,'ticket_transferred','{"event":"ticket_transferred","ticket":"00000000-0000-0000-0000-000000000004","queue":"citizens","bound":null}',629658096);
INSERT INTO journal VALUES(33,'2026-11-23',1795417245658,'panel-1',3,'place_paused','{"event":"place_paused","ticket":"00000000-0000-0000-0000-000000000003","until":"2026-11-23T07:03:45.658Z"}',3554411888);
INSERT INTO journal VALUES(34,'2026-11-23',1795417246892,'panel-1',3,'ticket_cancelled','{"event":"ticket_cancelled","ticket":"00000000-0000-0000-0000-000000000005"}',495188834);
INSERT INTO journal VALUES(35,'2026-11-23',1795417248126,'panel-1',3,'ticket_changed','{"event":"ticket_changed","ticket":"00000000-0000-0000-0000-000000000007","queue":"cars","services":["car"],"needs":[],"priority":1,"persons":3}',1272778229);
INSERT INTO journal VALUES(36,'2026-11-23',1795417249360,'panel-1',3,'queue_unlocked','{"event":"queue_unlocked","queue":"citizens"}',3032901071);
INSERT INTO journal VALUES(37,'2026-11-23',1795503650594,'panel-1',3,'day_closed','{"event":"day_closed","expired":["00000000-0000-0000-0000-000000000001","00000000-0000-0000-0000-000000000002","00000000-0000-0000-0000-000000000003","00000000-0000-0000-0000-000000000004","00000000-0000-0000-0000-000000000006","00000000-0000-0000-0000-000000000007","00000000-0000-0000-0000-000000000008","00000000-0000-0000-0000-000000000009","00000000-0000-0000-0000-00000000000a","00000000-0000-0000-0000-00000000000b","00000000-0000-0000-0000-00000000000c","00000000-0000-0000-0000-00000000000d","00000000-0000-0000-0000-00000000000e","00000000-0000-0000-0000-00000000000f","00000000-0000-0000-0000-000000000011"],"sums":{"queues":{"cars":{"walk_ins":6,"appointments":0,"finished":0,"in_overtime":0,"without_record":0,"not_possible":0,"cancelled":0,"missed":0,"no_shows":0,"not_picked_up":0,"expired":6,"persons":0,"called":1,"waited_ms":22212,"served_ms":7404},"citizens":{"walk_ins":8,"appointments":2,"finished":0,"in_overtime":0,"without_record":0,"not_possible":0,"cancelled":1,"missed":0,"no_shows":1,"not_picked_up":0,"expired":8,"persons":0,"called":2,"waited_ms":51828,"served_ms":0}},"taught":{"days":1000,"services":{},"in_vain":{"count":0,"ms":0},"came":1000,"stayed_away":1000,"waits":{"called":[3000,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"gone":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]},"arrivals":{"address":[[48,5000]],"car":[[48,5000]],"passport":[[48,4000]]},"windows":{"loads":[[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0]]}},"alarms":1,"open_ms":115193830,"planned_ms":null}}',1267472931);
INSERT INTO journal VALUES(38,'2026-11-24',1795503650594,'panel-1',3,'day_opened','{"event":"day_opened","date":"2026-11-24","ends_at":"2026-11-24T23:00:00Z","office":{"version":1,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"early_call_min":5,"max_hold_min":2,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}},{"key":"cars","series":"b","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"early_call_min":5,"max_hold_min":2,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"attributes":["induction_loop"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"attributes":["induction_loop"],"area":"ground"}],"areas":[{"key":"ground"}],"rules":{"favoured_in_a_row":6,"overtaken_at_most":5,"undo_within_secs":60}},"resting":[{"label":"A00001","until":"2026-11-24T08:00:50.594Z"},{"label":"A00002","until":"2026-11-24T08:00:50.594Z"},{"label":"B001","until":"2026-11-24T08:00:50.594Z"},{"label":"A00003","until":"2026-11-24T08:00:50.594Z"},{"label":"B002","until":"2026-11-24T08:00:50.594Z"},{"label":"A00005","until":"2026-11-24T08:00:50.594Z"},{"label":"A00006","until":"2026-11-24T08:00:50.594Z"},{"label":"B003","until":"2026-11-24T08:00:50.594Z"},{"label":"A00007","until":"2026-11-24T08:00:50.594Z"},{"label":"A00008","until":"2026-11-24T08:00:50.594Z"},{"label":"B004","until":"2026-11-24T08:00:50.594Z"},{"label":"A00009","until":"2026-11-24T08:00:50.594Z"},{"label":"A00010","until":"2026-11-24T08:00:50.594Z"}],"bookings":[{"ticket":"00000000-0000-0000-0000-000000000010","number":"T16","code":"code-16","at":"2026-11-24T13:00:24.68Z","services":["passport","car"],"language":"uk","needs":["induction_loop"],"persons":2,"priority":2,"source":"centre"}],"learned":{"days":100,"services":{},"in_vain":{"count":0,"ms":0},"came":100,"stayed_away":100,"waits":{"called":[300,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"gone":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]},"arrivals":{"address":[[48,500]],"car":[[48,500]],"passport":[[48,400]]},"windows":{"loads":[[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0]]}}}',4086026363);
INSERT INTO journal VALUES(39,'2026-11-24',1795503651828,'panel-1',3,'counter_opened','{"event":"counter_opened","counter":"counter-1","clerk":"aylin"}',3335704943);
INSERT INTO journal VALUES(40,'2026-11-24',1795503653062,'panel-1',3,'counter_opened','{"event":"counter_opened","counter":"counter-2","clerk":null}',3027244572);
INSERT INTO journal VALUES(41,'2026-11-24',1795503654296,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000012","number":{"label":"B005","given_by":{"series":{"series":"b","n":5}}},"queue":"cars","services":["car"],"language":"de","promise":{"low":"2026-11-24T07:05:54.296Z","mid":"2026-11-24T07:10:54.296Z","high":"2026-11-24T07:20:54.296Z"},"corrected":{"early":1000,"late":1000},"ahead":0,"persons":3,"priority":3,"source":"kiosk"}',263663434);
INSERT INTO journal VALUES(42,'2026-11-24',1795503655530,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000013","number":{"label":"A00004","given_by":{"series":{"series":"a","n":4}}},"queue":"citizens","services":["passport"],"language":"de","ahead":0,"persons":1,"priority":1,"source":"kiosk"}',1185490883);
INSERT INTO journal VALUES(43,'2026-11-24',1795503656764,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000014","number":{"label":"A00011","given_by":{"series":{"series":"a","n":11}}},"queue":"citizens","services":["address"],"language":"de","needs":["induction_loop"],"promise":{"low":"2026-11-24T07:05:56.764Z","mid":"2026-11-24T07:10:56.764Z","high":"2026-11-24T07:20:56.764Z"},"corrected":{"early":1000,"late":1000},"ahead":1,"persons":2,"priority":2,"source":"kiosk"}',657347824);
INSERT INTO journal VALUES(44,'2026-11-24',1795503657998,'panel-1',3,'ticket_issued','{"event":"ticket_issued","ticket":"00000000-0000-0000-0000-000000000015","number":{"label":"B006","given_by":{"series":{"series":"b","n":6}}},"queue":"cars","services":["car"],"language":"de","ahead":1,"persons":3,"priority":3,"source":"kiosk"}',1941130544);
INSERT INTO journal VALUES(45,'2026-11-24',1795503659232,'panel-1',3,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000013","counter":"counter-1","why":{"rule":"chosen"}}',3332789118);
INSERT INTO journal VALUES(46,'2026-11-24',1795503661700,'panel-1',3,'ticket_called','{"event":"ticket_called","ticket":"00000000-0000-0000-0000-000000000014","counter":"counter-2","why":{"rule":"priority","priority":2}}',3435280464);
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('access_version',1);
INSERT INTO meta VALUES('anonymised_to',37);
INSERT INTO meta VALUES('last_seq',46);
INSERT INTO meta VALUES('segment_from',38);
CREATE TABLE office_documents (
    version INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE personal_notes (
    id INTEGER PRIMARY KEY,
    ticket BLOB NOT NULL UNIQUE,
    written_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE snapshots (
    seq INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    format INTEGER NOT NULL,
    state TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
INSERT INTO snapshots VALUES(46,'2026-11-24',6,'{"day":{"date":"2026-11-24","ends_at":"2026-11-24T23:00:00Z","office":{"version":1,"time_zone":"Europe/Berlin","queues":[{"key":"citizens","series":"a","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"early_call_min":5,"max_hold_min":2,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}},{"key":"cars","series":"b","max_waiting":200000,"rules":{"calls_in_vain":2,"pause_after_call_min":5,"requeue_loss_places":5,"late_grace_min":5,"late_loss_max_min":30,"check_in_early_min":60,"check_in":"required","max_wait_min":180,"early_call_min":5,"max_hold_min":2,"pause_max_min":30,"last_ticket_before_min":0,"contingent":null,"overtime_min":null,"ghost_counters":null}}],"series":[{"key":"a","prefix":"A","from":1,"to":99999,"reuse_after_min":60},{"key":"b","prefix":"B","from":1,"to":30,"reuse_after_min":60}],"services":[{"key":"passport","queue":"citizens","duration_min":10},{"key":"address","queue":"citizens","duration_min":10},{"key":"car","queue":"cars","duration_min":10}],"counters":[{"key":"counter-1","skills":["address","passport"],"attributes":["induction_loop"],"area":"ground"},{"key":"counter-2","skills":["address","car"],"attributes":["induction_loop"],"area":"ground"}],"areas":[{"key":"ground"}],"rules":{"favoured_in_a_row":6,"overtaken_at_most":5,"undo_within_secs":60}},"overtime_ends":{},"ended":[],"learned":{"days":100,"services":{},"in_vain":{"count":0,"ms":0},"came":100,"stayed_away":100,"waits":{"called":[300,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"gone":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]},"arrivals":{"address":[[48,500]],"car":[[48,500]],"passport":[[48,400]]},"windows":{"loads":[[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0]]}}},"tickets":{"00000000-0000-0000-0000-000000000010":{"id":"00000000-0000-0000-0000-000000000010","number":{"label":"T16","given_by":"centre"},"queue":"citizens","services":["passport","car"],"served":[],"persons":2,"language":"uk","needs":["induction_loop"],"priority":2,"source":"centre","appointment":{"at":"2026-11-24T13:00:24.68Z","code":"code-16"},"known_at":"2026-11-24T07:00:50.594Z","arrived_at":null,"issued_by":"panel-1","ahead":0,"promise":null,"corrected":null,"place":{"at":"2026-11-24T13:00:24.68Z","seq":38,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"in_vain":{"count":0,"ms":0},"why":null,"overtaken":0,"first_called_at":null,"served_ms":0,"state":{"state":"booked"},"since":"2026-11-24T07:00:50.594Z"},"00000000-0000-0000-0000-000000000012":{"id":"00000000-0000-0000-0000-000000000012","number":{"label":"B005","given_by":{"series":{"series":"b","n":5}}},"queue":"cars","services":["car"],"served":[],"persons":3,"language":"de","needs":[],"priority":3,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:00:54.296Z","arrived_at":"2026-11-24T07:00:54.296Z","issued_by":"panel-1","ahead":0,"promise":{"low":"2026-11-24T07:05:54.296Z","mid":"2026-11-24T07:10:54.296Z","high":"2026-11-24T07:20:54.296Z"},"corrected":{"early":1000,"late":1000},"place":{"at":"2026-11-24T07:00:54.296Z","seq":41,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"in_vain":{"count":0,"ms":0},"why":null,"overtaken":0,"first_called_at":null,"served_ms":0,"state":{"state":"waiting"},"since":"2026-11-24T07:00:54.296Z"},"00000000-0000-0000-0000-000000000013":{"id":"00000000-0000-0000-0000-000000000013","number":{"label":"A00004","given_by":{"series":{"series":"a","n":4}}},"queue":"citizens","services":["passport"],"served":[],"persons":1,"language":"de","needs":[],"priority":1,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:00:55.53Z","arrived_at":"2026-11-24T07:00:55.53Z","issued_by":"panel-1","ahead":0,"promise":null,"corrected":null,"place":{"at":"2026-11-24T07:00:55.53Z","seq":42,"then":0},"bound":null,"calls":1,"calls_in_vain":0,"in_vain":{"count":0,"ms":0},"why":{"rule":"chosen"},"overtaken":0,"first_called_at":"2026-11-24T07:00:59.232Z","served_ms":0,"state":{"state":"called","counter":"counter-1","call":45},"since":"2026-11-24T07:00:59.232Z"},"00000000-0000-0000-0000-000000000014":{"id":"00000000-0000-0000-0000-000000000014","number":{"label":"A00011","given_by":{"series":{"series":"a","n":11}}},"queue":"citizens","services":["address"],"served":[],"persons":2,"language":"de","needs":["induction_loop"],"priority":2,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:00:56.764Z","arrived_at":"2026-11-24T07:00:56.764Z","issued_by":"panel-1","ahead":1,"promise":{"low":"2026-11-24T07:05:56.764Z","mid":"2026-11-24T07:10:56.764Z","high":"2026-11-24T07:20:56.764Z"},"corrected":{"early":1000,"late":1000},"place":{"at":"2026-11-24T07:00:56.764Z","seq":43,"then":0},"bound":null,"calls":1,"calls_in_vain":0,"in_vain":{"count":0,"ms":0},"why":{"rule":"priority","priority":2},"overtaken":0,"first_called_at":"2026-11-24T07:01:01.7Z","served_ms":0,"state":{"state":"called","counter":"counter-2","call":46},"since":"2026-11-24T07:01:01.7Z"},"00000000-0000-0000-0000-000000000015":{"id":"00000000-0000-0000-0000-000000000015","number":{"label":"B006","given_by":{"series":{"series":"b","n":6}}},"queue":"cars","services":["car"],"served":[],"persons":3,"language":"de","needs":[],"priority":3,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:00:57.998Z","arrived_at":"2026-11-24T07:00:57.998Z","issued_by":"panel-1","ahead":1,"promise":null,"corrected":null,"place":{"at":"2026-11-24T07:00:57.998Z","seq":44,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"in_vain":{"count":0,"ms":0},"why":null,"overtaken":0,"first_called_at":null,"served_ms":0,"state":{"state":"waiting"},"since":"2026-11-24T07:00:57.998Z"}},"lines":{"cars":[[{"priority":3,"services":["car"],"needs":[],"bound":null},[[{"at":"2026-11-24T07:00:54.296Z","seq":41,"then":0},"00000000-0000-0000-0000-000000000012"],[{"at":"2026-11-24T07:00:57.998Z","seq":44,"then":0},"00000000-0000-0000-0000-000000000015"]]]],"citizens":[]},"booked":{"citizens":[["2026-11-24T13:00:24.68Z","00000000-0000-0000-0000-000000000010"]]},"codes":{"CODE16":"00000000-0000-0000-0000-000000000010","T16":"00000000-0000-0000-0000-000000000010"},"received":{"00000000-0000-0000-0000-000000000010":{"ticket":"00000000-0000-0000-0000-000000000010","number":"T16","code":"code-16","at":"2026-11-24T13:00:24.68Z","services":["passport","car"],"language":"uk","needs":["induction_loop"],"persons":2,"priority":2,"source":"centre"}},"bookings":{},"later_codes":{},"counters":{"counter-1":{"mode":"open","clerk":"aylin","running":"00000000-0000-0000-0000-000000000013","called_at":"2026-11-24T07:00:59.232Z","idle_since":"2026-11-24T07:00:51.828Z","favoured":0},"counter-2":{"mode":"open","clerk":null,"running":"00000000-0000-0000-0000-000000000014","called_at":"2026-11-24T07:01:01.7Z","idle_since":"2026-11-24T07:00:53.062Z","favoured":1}},"locks":{},"emergencies":{},"taken":{"cars":2,"citizens":2},"numbers":{"next":{"a":12,"b":7},"taken":{"A00001":"2026-11-24T08:00:50.594Z","A00002":"2026-11-24T08:00:50.594Z","A00003":"2026-11-24T08:00:50.594Z","A00004":null,"A00005":"2026-11-24T08:00:50.594Z","A00006":"2026-11-24T08:00:50.594Z","A00007":"2026-11-24T08:00:50.594Z","A00008":"2026-11-24T08:00:50.594Z","A00009":"2026-11-24T08:00:50.594Z","A00010":"2026-11-24T08:00:50.594Z","A00011":null,"B001":"2026-11-24T08:00:50.594Z","B002":"2026-11-24T08:00:50.594Z","B003":"2026-11-24T08:00:50.594Z","B004":"2026-11-24T08:00:50.594Z","B005":null,"B006":null,"T16":null}},"undos":{"steps":{"45":{"at":"2026-11-24T07:00:59.232Z","by":"panel-1","before":{"id":"00000000-0000-0000-0000-000000000013","number":{"label":"A00004","given_by":{"series":{"series":"a","n":4}}},"queue":"citizens","services":["passport"],"served":[],"persons":1,"language":"de","needs":[],"priority":1,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:00:55.53Z","arrived_at":"2026-11-24T07:00:55.53Z","issued_by":"panel-1","ahead":0,"promise":null,"corrected":null,"place":{"at":"2026-11-24T07:00:55.53Z","seq":42,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"in_vain":{"count":0,"ms":0},"why":null,"overtaken":0,"first_called_at":null,"served_ms":0,"state":{"state":"waiting"},"since":"2026-11-24T07:00:55.53Z"},"overtook":[],"counters":[["counter-1",{"mode":"open","clerk":"aylin","running":null,"called_at":null,"idle_since":"2026-11-24T07:00:51.828Z","favoured":0},{"mode":"open","clerk":"aylin","running":"00000000-0000-0000-0000-000000000013","called_at":"2026-11-24T07:00:59.232Z","idle_since":"2026-11-24T07:00:51.828Z","favoured":0}]]},"46":{"at":"2026-11-24T07:01:01.7Z","by":"panel-1","before":{"id":"00000000-0000-0000-0000-000000000014","number":{"label":"A00011","given_by":{"series":{"series":"a","n":11}}},"queue":"citizens","services":["address"],"served":[],"persons":2,"language":"de","needs":["induction_loop"],"priority":2,"source":"kiosk","appointment":null,"known_at":"2026-11-24T07:00:56.764Z","arrived_at":"2026-11-24T07:00:56.764Z","issued_by":"panel-1","ahead":1,"promise":{"low":"2026-11-24T07:05:56.764Z","mid":"2026-11-24T07:10:56.764Z","high":"2026-11-24T07:20:56.764Z"},"corrected":{"early":1000,"late":1000},"place":{"at":"2026-11-24T07:00:56.764Z","seq":43,"then":0},"bound":null,"calls":0,"calls_in_vain":0,"in_vain":{"count":0,"ms":0},"why":null,"overtaken":0,"first_called_at":null,"served_ms":0,"state":{"state":"waiting"},"since":"2026-11-24T07:00:56.764Z"},"overtook":[],"counters":[["counter-2",{"mode":"open","clerk":null,"running":null,"called_at":null,"idle_since":"2026-11-24T07:00:53.062Z","favoured":0},{"mode":"open","clerk":null,"running":"00000000-0000-0000-0000-000000000014","called_at":"2026-11-24T07:01:01.7Z","idle_since":"2026-11-24T07:00:53.062Z","favoured":1}]]}},"latest":{"00000000-0000-0000-0000-000000000013":45,"00000000-0000-0000-0000-000000000014":46}},"finished":0,"today":{"days":0,"services":{},"in_vain":{"count":0,"ms":0},"came":0,"stayed_away":0,"waits":{"called":[2000,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"gone":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]},"arrivals":{"address":[[48,1000]],"car":[[48,2000]],"passport":[[48,1000]]},"windows":{"loads":[[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0,0,0,0,0,0,0,0]]}},"staffed":{"open":2,"since":"2026-11-24T07:00:53.062Z","from":"2026-11-24T07:00:51.828Z","ms":1234},"alarms":0,"sold_out":{},"capacity_added":{},"last_seq":46,"last_at":"2026-11-24T07:01:01.7Z"}',1422061692);
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
    since_ms INTEGER NOT NULL, overtaken INTEGER NOT NULL DEFAULT 0, corrected TEXT, in_vain TEXT,
    PRIMARY KEY (day, id)
) STRICT, WITHOUT ROWID;
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000001','A00001','a',1,'cars','["car"]','["passport"]',1,'und','[]',1,'counter',NULL,NULL,1795417206170,1795417206170,'panel-1',0,NULL,NULL,NULL,1795417206170,4,0,NULL,NULL,1,0,1795417228382,'{"rule":"first_in_line"}',7404,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000002','A00002','a',2,'citizens','["address"]','[]',2,'und','[]',2,'kiosk',NULL,NULL,1795417207404,1795417207404,'panel-1',1,NULL,NULL,NULL,1795417207404,5,0,NULL,NULL,1,0,1795417230850,'{"rule":"first_in_line"}',0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000003','B001','b',1,'cars','["car"]','[]',3,'und','[]',3,'kiosk',NULL,NULL,1795417208638,1795417208638,'panel-1',0,NULL,NULL,NULL,1795417208638,6,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000004','A00003','a',3,'citizens','["passport"]','[]',1,'und','[]',1,'kiosk',NULL,NULL,1795417209872,1795417209872,'panel-1',1,NULL,NULL,NULL,1795417209872,7,0,'counter-2',NULL,1,0,1795417238254,'{"rule":"first_in_line"}',0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000005','A00004','a',4,'citizens','["address"]','[]',2,'und','[]',2,'kiosk',NULL,NULL,1795417211106,1795417211106,'panel-1',3,NULL,NULL,NULL,1795417211106,8,0,NULL,NULL,0,0,NULL,NULL,0,'cancelled',NULL,NULL,NULL,NULL,NULL,NULL,1795417246892,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000006','B002','b',2,'cars','["car"]','[]',3,'und','[]',3,'kiosk',NULL,NULL,1795417212340,1795417212340,'panel-1',1,NULL,NULL,NULL,1795417212340,9,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000007','A00005','a',5,'cars','["car"]','[]',3,'und','[]',1,'kiosk',NULL,NULL,1795417213574,1795417213574,'panel-1',2,NULL,NULL,NULL,1795417213574,10,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000008','A00006','a',6,'citizens','["address"]','[]',2,'und','[]',2,'counter',NULL,NULL,1795417214808,1795417214808,'panel-1',5,NULL,NULL,NULL,1795417214808,11,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000009','B003','b',3,'cars','["car"]','[]',3,'und','[]',3,'kiosk',NULL,NULL,1795417216042,1795417216042,'panel-1',2,NULL,NULL,NULL,1795417216042,12,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'0000000000000000000000000000000a','A00007','a',7,'citizens','["passport"]','[]',1,'und','[]',1,'kiosk',NULL,NULL,1795417217276,1795417217276,'panel-1',3,NULL,NULL,NULL,1795417217276,13,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'0000000000000000000000000000000b','A00008','a',8,'citizens','["address"]','[]',2,'und','[]',2,'kiosk',NULL,NULL,1795417218510,1795417218510,'panel-1',7,NULL,NULL,NULL,1795417218510,14,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'0000000000000000000000000000000c','B004','b',4,'cars','["car"]','[]',3,'und','[]',3,'kiosk',NULL,NULL,1795417219744,1795417219744,'panel-1',3,NULL,NULL,NULL,1795417219744,15,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'0000000000000000000000000000000d','A00009','a',9,'citizens','["passport"]','[]',1,'und','[]',1,'kiosk',NULL,NULL,1795417220978,1795417220978,'panel-1',4,NULL,NULL,NULL,1795417220978,16,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'0000000000000000000000000000000e','A00010','a',10,'citizens','["address"]','[]',2,'und','[]',2,'kiosk',NULL,NULL,1795417222212,1795417222212,'panel-1',9,NULL,NULL,NULL,1795417222212,17,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'0000000000000000000000000000000f','T15',NULL,NULL,'citizens','["address"]','[]',2,'und','[]',2,'centre',1795420823446,NULL,1795417223446,1795417227148,'panel-1',10,NULL,NULL,NULL,1795420823446,21,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'open',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-23',X'00000000000000000000000000000011','T17',NULL,NULL,'citizens','["passport"]','[]',2,'und','[]',2,'centre',1795422625914,NULL,1795417225914,NULL,'panel-1',0,NULL,NULL,NULL,1795422625914,20,0,NULL,NULL,0,0,NULL,NULL,0,'expired',NULL,NULL,NULL,NULL,NULL,'booked',1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-24',X'00000000000000000000000000000010','T16',NULL,NULL,'citizens','["passport","car"]','[]',2,'uk','["induction_loop"]',2,'centre',1795525224680,'code-16',1795503650594,NULL,'panel-1',0,NULL,NULL,NULL,1795525224680,38,0,NULL,NULL,0,0,NULL,NULL,0,'booked',NULL,NULL,NULL,NULL,NULL,NULL,1795503650594,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-24',X'00000000000000000000000000000012','B005','b',5,'cars','["car"]','[]',3,'de','[]',3,'kiosk',NULL,NULL,1795503654296,1795503654296,'panel-1',0,1795503954296,1795504254296,1795504854296,1795503654296,41,0,NULL,NULL,0,0,NULL,NULL,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL,1795503654296,0,'{"early":1000,"late":1000}',NULL);
INSERT INTO tickets VALUES('2026-11-24',X'00000000000000000000000000000013','A00004','a',4,'citizens','["passport"]','[]',1,'de','[]',1,'kiosk',NULL,NULL,1795503655530,1795503655530,'panel-1',0,NULL,NULL,NULL,1795503655530,42,0,NULL,NULL,1,0,1795503659232,'{"rule":"chosen"}',0,'called','counter-1',45,NULL,NULL,NULL,NULL,1795503659232,0,NULL,NULL);
INSERT INTO tickets VALUES('2026-11-24',X'00000000000000000000000000000014','A00011','a',11,'citizens','["address"]','[]',2,'de','["induction_loop"]',2,'kiosk',NULL,NULL,1795503656764,1795503656764,'panel-1',1,1795503956764,1795504256764,1795504856764,1795503656764,43,0,NULL,NULL,1,0,1795503661700,'{"rule":"priority","priority":2}',0,'called','counter-2',46,NULL,NULL,NULL,NULL,1795503661700,0,'{"early":1000,"late":1000}',NULL);
INSERT INTO tickets VALUES('2026-11-24',X'00000000000000000000000000000015','B006','b',6,'cars','["car"]','[]',3,'de','[]',3,'kiosk',NULL,NULL,1795503657998,1795503657998,'panel-1',1,NULL,NULL,NULL,1795503657998,44,0,NULL,NULL,0,0,NULL,NULL,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL,1795503657998,0,NULL,NULL);
CREATE TABLE devices (
    -- Its name in logs, on pages and in the audit trail.
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    -- The area of a display, the counter of a panel.
    place TEXT,
    -- The printer of a kiosk.
    printer TEXT,
    -- SHA-256 of its token, as hex. Null: it was revoked, or restored without its token.
    token_sha256 TEXT UNIQUE,
    -- That of the token that takes its place with its first use.
    next_sha256 TEXT UNIQUE,
    since_ms INTEGER NOT NULL,
    -- Who let it in.
    by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO devices VALUES('printer-1','printer',NULL,NULL,'abababababababababababababababababababababababababababababababab',NULL,1795510801234,'console');
INSERT INTO devices VALUES('printer-2','printer',NULL,NULL,NULL,NULL,1795510801234,'console');
CREATE TABLE pairings (
    code TEXT PRIMARY KEY,
    -- That of the token which the device made for itself: the token is never sent to anybody.
    token_sha256 TEXT NOT NULL UNIQUE,
    -- What the device says of itself, and where it asks from.
    role TEXT NOT NULL,
    software TEXT NOT NULL,
    address TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO pairings VALUES('AAAA-AAAA','cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd','printer','aufruf-printer 0.1','10.0.0.8',1795510801234);
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- Argon2, with its parameters and salt. Null: it has to be set anew.
    secret TEXT,
    -- Wrong secrets in a row, and until when no other one is looked at.
    failed INTEGER NOT NULL,
    locked_until_ms INTEGER,
    since_ms INTEGER NOT NULL,
    by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO users VALUES('ada','Ada','admin','hash',0,NULL,1795510801234,'console');
CREATE TABLE sessions (
    token_sha256 TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Where the user signed in.
    address TEXT NOT NULL,
    begun_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sessions VALUES('session','ada','10.0.0.7',1795510801234,1795510801234);
CREATE TABLE access_log (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    address TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;
INSERT INTO access_log VALUES(1,1795510801234,'console','10.0.0.7','device_added','printer-1');
INSERT INTO access_log VALUES(2,1795510801234,'console','10.0.0.7','device_added','printer-2');
INSERT INTO access_log VALUES(3,1795510801234,'console','10.0.0.7','user_added','ada');
INSERT INTO access_log VALUES(4,1795510801234,'ada','10.0.0.7','signed_in','ada');
CREATE INDEX journal_by_day ON journal (day);
CREATE INDEX answers_by_time ON answers (at_ms);
CREATE INDEX tickets_by_id ON tickets (id);
CREATE INDEX calls_by_ticket ON calls (ticket, day);
CREATE INDEX access_log_by_time ON access_log (at_ms);
COMMIT;
