// Makes Parley's account, which reads and writes its own database and nothing else, once, when the image makes its data
// directory.
db.getSiblingDB('parley').createUser({
  user: 'parley',
  pwd: process.env.PARLEY_PASSWORD,
  roles: [{ role: 'readWrite', db: 'parley' }],
});
